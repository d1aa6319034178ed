import type { PlantedBug } from './planted-bug'

const USE_CASES = 'src/cloud/use-cases'

/** Mistakes that a hurried hand could make in the use cases and the rules. */
export const BUGS_IN_CODE: PlantedBug[] = [
  {
    name: 'a biller that does not answer counts as a refusal',
    file: `${USE_CASES}/post-item.ts`,
    find: `const outcome = await tell(ports, item, begun === 'posting')`,
    put: `const outcome = await tell(ports, item, begun === 'posting').catch((): PostingOutcome => ({ state: 'rejected', code: 'nothing-owed' }))`,
  },
  {
    name: 'a posting has a new number on every try',
    file: `${USE_CASES}/post-item.ts`,
    find: 'const postingId = postingIdOf(item)',
    put: 'const postingId = `${postingIdOf(item)}-${ports.now()}`',
  },
  {
    name: 'a runner that slept goes on with what was taken back',
    file: `${USE_CASES}/post-item.ts`,
    find: 'item.undoMinutes > 0 &&',
    put: 'item.undoMinutes < 0 &&',
  },
  {
    name: 'a bill is credited while its payment can be taken back',
    file: `${USE_CASES}/credit-bills.ts`,
    find: 'const mayBeUndone = item.undoMinutes > 0 &&',
    put: 'const mayBeUndone = item.undoMinutes < 0 &&',
  },
  {
    name: 'a match whose rows another runner cleared notes what differs as missing',
    file: `${USE_CASES}/match-daily-file.ts`,
    find: 'if (staged !== file.leftRows)',
    put: 'if (staged > (file.leftRows ?? 0))',
  },
  {
    name: 'a posting that the biller lost is not told again',
    file: `${USE_CASES}/settle-differences.ts`,
    find: `const outcome = status.state === 'absent' ? await biller.post(posting) : status`,
    put: 'const outcome = status as Exclude<typeof status, { state: "absent" }>',
  },
  {
    name: 'the daily match leaves money alone that only WeChat knows of',
    file: 'src/core/reconciliation.ts',
    find: `return paidByOthers === true ? 'refund' : 'ask'`,
    put: `return paidByOthers === true ? 'refund' : 'person'`,
  },
  {
    name: 'the biller is told before the bill is credited',
    file: `${USE_CASES}/post-item.ts`,
    find: 'const credit = await creditItem(ports, item)',
    put: `const credit = 'credited' as Awaited<ReturnType<typeof creditItem>>`,
  },
  {
    name: 'a bill that was paid twice is posted all the same',
    file: `${USE_CASES}/post-item.ts`,
    find: `if (credit === 'duplicate') return giveBack(ports, task, item)`,
    put: '',
  },
  {
    name: 'a refund forgets the late fee',
    file: `${USE_CASES}/post-item.ts`,
    find: 'amountFen: item.amountFen,',
    put: 'amountFen: item.principalFen,',
  },
  {
    name: 'the biller is told the amount without the late fee',
    file: `${USE_CASES}/post-item.ts`,
    find: 'amount: item.amountFen,',
    put: 'amount: item.principalFen,',
  },
  {
    name: 'what is too late to close counts as closed',
    file: `${USE_CASES}/ask-payment.ts`,
    find: `if (closed === 'closed') return close(ports, payment)`,
    put: `if (closed === 'closed' || closed === 'paid') return close(ports, payment)`,
  },
  {
    name: 'no answer counts as closed',
    file: `${USE_CASES}/ask-payment.ts`,
    find: 'const fact = await ports.weChatPay.query(order)',
    put: `const fact = await ports.weChatPay.query(order).catch((): OrderFact => ({ state: 'closed', orderNumber: '', appid: '', parts: [] }))`,
  },
  {
    name: 'a failed return from the sheet closes the payment',
    file: `${USE_CASES}/ask-payment.ts`,
    find: `if (decision === 'closed') return close(ports, payment)`,
    put: `if (fact.state !== 'absent') return close(ports, payment)`,
  },
  {
    name: 'of several askers nobody asks',
    file: `${USE_CASES}/ask-payment.ts`,
    find: 'if (!(await claimAsk(ports.database, payment, next))) return payment.state',
    put: 'if (await claimAsk(ports.database, payment, next)) return payment.state',
  },
  {
    name: 'an order that WeChat does not know yet is closed',
    file: 'src/core/payment.ts',
    find: `if (fact === 'absent') return at.now > at.expiresAt ? 'closed' : state`,
    put: `if (fact === 'absent') return 'closed'`,
  },
  {
    name: 'nobody is asked any more after the expiry',
    file: 'src/core/waits.ts',
    find: 'return now < expiresAt + 2 * 60 * SECOND_MS ? now + 60 * SECOND_MS : now + HOUR_MS',
    put: 'return now + 10_000 * HOUR_MS',
  },
  {
    name: 'an error of a task is swallowed, the task is done',
    file: `${USE_CASES}/run-tasks.ts`,
    find: 'await work(ports, task).catch((error: unknown) => putOff(ports, task, error))',
    put: `await work(ports, task).catch(() => ports.database.run({ name: 'planted', text: 'select finish_task($1, $2, $3::int, now())::text' }, [task.paymentId, task.kind, task.itemNo]))`,
  },
  {
    name: 'a refund gives the whole order back',
    file: `${USE_CASES}/send-refund.ts`,
    find: 'amount: refund.amountFen,',
    put: 'amount: share.amountFen,',
  },
  {
    name: 'a refund has a new number on every try',
    file: `${USE_CASES}/send-refund.ts`,
    find: 'refundNumber: refund.refundNumber,',
    put: 'refundNumber: `${refund.refundNumber}${task.attempts}` as string,',
  },
  {
    name: 'an accepted refund counts as done',
    file: `${USE_CASES}/send-refund.ts`,
    find: 'const answer = await takeRefundFact(ports, fact)',
    put: `const answer = await takeRefundFact(ports, { ...fact, state: 'done' })`,
  },
  {
    name: 'a refund that WeChat could not place counts as done',
    file: `${USE_CASES}/take-refund-fact.ts`,
    find: 'state: fact.state,',
    put: `state: 'done',`,
  },
  {
    name: 'what was given back before its posting stays paid',
    file: 'src/core/item.ts',
    find: `return state === 'undone' || isGivenBack`,
    put: `return state === 'undone' && !isGivenBack`,
  },
  {
    name: 'who takes a bill back is told so before the database says it',
    file: `${USE_CASES}/undo-item.ts`,
    find: `  const answer = await undoItemRow(
    ports.database,
    { paymentId: derivePaymentId(ports.personalData, caller.openid, paymentId), itemNo },
    ports.now(),
  )`,
    put: `  const at = ports.now()
  const key = { paymentId: derivePaymentId(ports.personalData, caller.openid, paymentId), itemNo }
  type Answer = Awaited<ReturnType<typeof undoItemRow>>
  const answer = { undone_at: new Date(at).toISOString() } as Answer
  await undoItemRow(ports.database, key, at)`,
  },
]
