import { getPayment } from '../../../src/cloud/use-cases/get-payment'
import { getReceipt } from '../../../src/cloud/use-cases/get-receipt'
import { listBills } from '../../../src/cloud/use-cases/list-bills'
import { quotePayment } from '../../../src/cloud/use-cases/quote-payment'
import { startPayment } from '../../../src/cloud/use-cases/start-payment'
import { unbindAccount } from '../../../src/cloud/use-cases/unbind-account'
import { newPaymentId } from '../../../src/core/payment-id'
import type { Intent } from '../plan'
import { mayAskBack } from './desk'
import { lookLater } from './later'
import { err, errAcross, errAtOnce } from './mistakes'
import { atSheet, payLate } from './sheet'
import { invoke, pause, SECOND_MS, type Stage, underWay } from './stage'
import { mayTakeBack } from './undo'

/** Who finds a bill in another’s hands comes again when it is to be free, this often. */
const COMINGS = 3

/** A resident pays what they set out to pay, and waits where somebody else is paying it. */
export async function livePhone(stage: Stage, intent: Intent): Promise<void> {
  await stage.scheduler.sleepUntil(intent.at)
  for (let time = 0; time < COMINGS; time += 1) {
    const name = time === 0 ? intent.name : `${intent.name}+${time}`
    const freeAt = await payAll(stage, { ...intent, name })
    if (freeAt === undefined || !stage.chance.happens(`waits/${name}`, 0.7)) return
    const seconds = stage.chance.between(`comes-again/${name}`, 1, 60)
    await pause(stage, Math.max(0, freeAt - stage.scheduler.now()) + seconds * SECOND_MS)
  }
}

/** Whose money came back sees what is owed now, and pays that at times. */
export async function payAgain(
  stage: Stage,
  { orderNumber, refundNumber }: { orderNumber: string; refundNumber: string },
): Promise<void> {
  const { chance, plan, books, scheduler } = stage
  const booked = [...books.weChat.orders.values()].find(({ order }) =>
    order.parts.some((part) => part.orderNumber === orderNumber),
  )
  if (booked === undefined || !chance.happens(`again/${refundNumber}`, 0.4)) return
  const { openid } = booked.order
  const bills = plan.accounts
    .filter(({ accountId }) =>
      plan.bindings.some((one) => one.openid === openid && one.accountId === accountId),
    )
    .flatMap((account) => account.bills)
  const at = scheduler.now() + chance.between(`again-at/${refundNumber}`, 1, 600) * SECOND_MS
  await livePhone(stage, { name: `${openid}/again/${refundNumber}`, openid, at, bills })
}

/** Pays what can be paid, one order after the other; gives when a bill that somebody else holds is free. */
async function payAll(stage: Stage, intent: Intent): Promise<number | undefined> {
  const { name, openid } = intent
  const quote = await invoke(stage, `${name}/quote`, (ports) =>
    quotePayment(
      ports,
      { openid },
      { bills: intent.bills.map(({ accountId, billId }) => ({ accountId, billId })) },
    ),
  )
  if (quote?.ok !== true) return undefined
  const { payments, left, resume } = quote.reply
  const orders = payments.map(({ items }) =>
    items.map(({ accountId, billId, total }) => ({ accountId, billId, amountSeen: total })),
  )
  if (resume !== undefined) await payOpen(stage, { name: `${name}/open`, openid }, resume.paymentId)
  errAcross(stage, { name, openid }, { orders, left })
  for (const [index, items] of orders.entries()) {
    await payOnce(stage, { name: `${name}/${index}`, openid }, items)
    if (stage.faults.inWorld(`${name}/${index}/gone`, 'phone-vanishes', 0.1)) return undefined
  }
  const [moved] = intent.bills
  if (moved && stage.faults.inWorld(`${name}/moves`, 'moves-out', 0.04))
    void invoke(stage, `${name}/moves`, (ports) =>
      unbindAccount(ports, { openid }, { accountId: moved.accountId }),
    ).then(() =>
      invoke(stage, `${name}/moves/again`, (ports) =>
        unbindAccount(ports, { openid }, { accountId: moved.accountId }),
      ),
    )
  const others = left.filter(({ reason, until }) => reason === 'being-paid' && until !== undefined)
  return others.length === 0 ? undefined : Math.max(...others.map(({ until }) => until ?? 0))
}

/** One act of a resident, by a name of its own. */
export type Act = { name: string; openid: string }
export type Items = { accountId: string; billId: string; amountSeen: number }[]

async function payOnce(stage: Stage, act: Act, items: Items): Promise<void> {
  const { chance, faults } = stage
  const { name, openid } = act
  const paymentId = newPaymentId(chance.bytes(`payment/${name}`, 16))
  const start = async (time: string) => {
    const started = await invoke(stage, `${name}/start/${time}`, (ports) =>
      startPayment(ports, { openid }, { paymentId, items }),
    )
    if (started?.ok === true) heard(stage, `${openid}/${paymentId}`, started.reply)
    return started
  }
  if (faults.inWorld(name, 'second-device', 0.1)) void start('other')
  errAtOnce(stage, act, { paymentId, items })
  let started = await start('0')
  for (let time = 1; time < 4 && started === undefined; time += 1) {
    if (faults.inWorld(`${name}/${time}`, 'phone-vanishes', 0.2)) return
    await pause(stage, 5 * SECOND_MS)
    started = await start(String(time))
  }
  if (faults.inWorld(name, 'phone-retries', 0.15)) void start('again')
  err(stage, act, { paymentId, items })
  if (started?.ok !== true || started.reply.pay === undefined) return
  const opened = { paymentId, pay: started.reply.pay }
  if (faults.inWorld(name, 'family-pays-too', 0.14))
    await payTwice(stage, act, { ...opened, items, expiresAt: started.reply.expiresAt })
  else await paySheet(stage, act, opened)
}

/**
 * The payer taps in time, and WeChat has the money only when the order is over and somebody else of the
 * house has paid the same bills: both payments are true, one has to go back.
 */
async function payTwice(
  stage: Stage,
  act: Act,
  paid: Opened & { items: Items; expiresAt: number },
): Promise<void> {
  const { chance, plan } = stage
  const bills = plan.accounts
    .flatMap((account) => account.bills)
    .filter(({ billId }) => paid.items.some((item) => item.billId === billId))
  const others = plan.bindings.filter(
    ({ openid, accountId }) => openid !== act.openid && accountId === bills[0]?.accountId,
  )
  if (others.length > 0) {
    const { openid } = chance.pick(`other/${act.name}`, others)
    const at = paid.expiresAt + chance.between(`other-at/${act.name}`, 5, 90) * SECOND_MS
    void livePhone(stage, { name: `${act.name}/too/${openid}`, openid, at, bills })
  }
  const taps = paid.expiresAt + chance.between(`taps/${act.name}`, 200, 600) * SECOND_MS
  await payLate(stage, orderOf(paid.pay), taps)
  await lookUntilPaid(stage, { ...act, name: `${act.name}/look/late` }, paid.paymentId)
}

/** The resident’s own payment that was left open is gone on with. */
async function payOpen(stage: Stage, act: Act, paymentId: string): Promise<void> {
  const open = await invoke(stage, `${act.name}/look`, (ports) =>
    getPayment(ports, { openid: act.openid }, { paymentId }),
  )
  if (open?.ok === true && open.reply.pay !== undefined)
    await paySheet(stage, act, { paymentId, pay: open.reply.pay })
}

type Opened = { paymentId: string; pay: { package: string } }

/** Before the sheet, at most twice, and back: what the phone saw there proves nothing. */
async function paySheet(stage: Stage, act: Act, { paymentId, pay }: Opened): Promise<void> {
  const { chance, faults } = stage
  const orderNumber = orderOf(pay)
  for (const time of [0, 1]) {
    await atSheet(stage, `${act.name}/${time}`, orderNumber)
    if (chance.happens(`lists/${act.name}/${time}`, 0.1))
      void invoke(stage, `${act.name}/${time}/list`, (ports) =>
        listBills(ports, { openid: act.openid }, { state: 'due' }),
      )
    if (faults.inWorld(`${act.name}/${time}/after`, 'phone-vanishes', 0.2)) return
    if (await lookUntilPaid(stage, { ...act, name: `${act.name}/look/${time}` }, paymentId)) return
  }
}

function orderOf({ package: text }: Opened['pay']): string {
  return text.replace('prepay_id=prepay-', '')
}

/** True once the payment is seen as paid; some look again and again. */
async function lookUntilPaid(stage: Stage, act: Act, paymentId: string): Promise<boolean> {
  const { chance } = stage
  const { name, openid } = act
  const isImpatient = chance.happens(`impatient/${name}`, 0.1)
  for (let look = 0; look < (isImpatient ? 9 : 3); look += 1) {
    const seen = await invoke(stage, `${name}/${look}`, (ports) =>
      getPayment(ports, { openid }, { paymentId, returned: true }),
    )
    if (seen?.ok === true && seen.reply.state === 'paid' && look > 0) {
      const { receiptNumber } = chance.pick(`receipt/${name}`, seen.reply.items)
      if (receiptNumber !== undefined) void lookAtReceipt(stage, act, receiptNumber)
      const { items } = seen.reply
      void lookLater(stage, act, { paymentId, items })
      void underWay(stage, `${name}/refund`, () => mayAskBack(stage, act, { paymentId, items }))
      const undoable = seen.reply.items.filter(({ undoUntil }) => undoUntil !== undefined)
      await Promise.all(
        undoable.map(({ itemNo }) => mayTakeBack(stage, { name, openid }, { paymentId, itemNo })),
      )
      return true
    }
    const seconds = isImpatient ? 1 : chance.between(`wait/${name}/${look}`, 1, 40)
    await pause(stage, seconds * SECOND_MS)
  }
  return false
}

/** One’s own receipt is shown; anybody else’s is not. */
async function lookAtReceipt(stage: Stage, act: Act, receiptNumber: string): Promise<void> {
  const show = (by: string, openid: string) =>
    invoke(stage, `${act.name}/receipt/${by}`, (ports) =>
      getReceipt(ports, { openid }, { receiptNumber }),
    )
  await show('payer', act.openid)
  const other = await show('stranger', 'o-stranger')
  if (other?.ok === true) stage.note(`a stranger was shown the receipt ${receiptNumber}`)
  await invoke(stage, `${act.name}/receipt/none`, (ports) =>
    getReceipt(ports, act, { receiptNumber: 'no number' }),
  )
}

/** Law 12: what was answered once under an id is answered for ever. */
function heard(stage: Stage, id: string, reply: { amount: number; expiresAt: number }): void {
  const answer = `${reply.amount} until ${reply.expiresAt}`
  const before = stage.answers.get(id) ?? answer
  stage.answers.set(id, before)
  if (answer !== before) stage.note(`law 12: ${id} was answered ${before}, then ${answer}`)
}
