import type { Database } from '../../src/cloud/postgres/database'
import { claimTask, recordPostedAgain } from '../../src/cloud/postgres/outbox'
import { recordPaid } from '../../src/cloud/postgres/payment-writes'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { recordWalletMovement } from '../../src/cloud/postgres/wallet-movements'
import { type CuttingWire, cuttingWire } from '../support/cutting-wire'
import { aDatabase, urlOf } from '../support/databases'
import { seat } from '../support/desks'
import { moneyRows } from '../support/money-rows'
import {
  aLife,
  PAID,
  POSTING,
  postTaskOf,
  REFUNDING,
  STEPS,
  type Step,
  UNDOABLE,
} from '../support/money-steps'
import { type Act, approve, ask, decline, reversed, settled, takeIn } from '../support/refund-acts'
import { paidFactOf } from '../support/stored-payment'
import { TODAY } from '../support/town'

/** What came before, the step whose answer is lost, its statement, what it says, what its repeat says. */
const CASES: [readonly Step[], Step, string, unknown, unknown][] = [
  [[], 'start', 'payment-start', { started: 'now' }, { started: 'before' }],
  [['start'], 'await', 'payment-await', 'awaiting', 'awaiting'],
  [['start'], 'close', 'payment-close', 'closed', 'closed'],
  // The question is taken and its taker not told: nobody asks now, and the next question stands.
  [['start'], 'ask', 'payment-claim-ask', true, false],
  [['start'], 'settle', 'payment-record-paid', 'settled', 'before'],
  [PAID, 'credit', 'bill-credit', 'credited', 'already'],
  [[...PAID, 'credit'], 'note', 'item-note-credit', undefined, undefined],
  [UNDOABLE, 'sign', 'receipt-sign', undefined, undefined],
  [UNDOABLE, 'endUndo', 'item-end-undo', 'ended', 'ended'],
  [UNDOABLE, 'undo', 'item-undo', 'undone', 'undone'],
  // The task is taken and its taker not told: it is free again when the lease ends.
  [PAID, 'claim', 'outbox-claim', 1, undefined],
  [[...PAID, 'claim'], 'postpone', 'outbox-postpone', undefined, undefined],
  [[...PAID, 'claim'], 'fail', 'task-fail', 'postponed', 'postponed'],
  [[...PAID, 'claim'], 'failLast', 'task-fail', 'handed-over', 'handed-over'],
  [[...PAID, 'claim'], 'hand', 'outbox-hand-to-person', undefined, undefined],
  [[...PAID, 'claim'], 'finish', 'outbox-finish', undefined, undefined],
  // Whoever is told `posting` asks the biller before anything else.
  [[...PAID, 'claim'], 'begin', 'item-begin-posting', 'begun', 'posting'],
  [POSTING, 'posted', 'item-finish-posting', undefined, undefined],
  [POSTING, 'rejected', 'item-finish-posting', undefined, undefined],
  [PAID, 'giveBack', 'refund-request', 'approved', 'before'],
  [REFUNDING, 'sent', 'refund-sent', 'sent', 'before'],
  [REFUNDING, 'refunded', 'refund-finish', 'recorded', 'before'],
  [[...REFUNDING, 'sent'], 'refundClosed', 'refund-finish', 'recorded', 'before'],
]

const POSTED: readonly Step[] = [...POSTING, 'posted']
const walletMovement: Act = async (on, { paymentId }) => {
  const movement = {
    payeeId: paymentId,
    day: '2026-11-16',
    kind: 'fee',
    remainderMills: 0,
  } as const
  await recordWalletMovement(
    on,
    { ...movement, debit: 'fee', credit: 'wallet', amountFen: 60 },
    TODAY,
  )
}
const postedAgain: Act = (on, { paymentId }) =>
  recordPostedAgain(on, { paymentId, itemNo: 1 }, 'P2', TODAY)

/** The same of what people decide, and of what is found: its statement, what came before, the act. */
const ACTS: [string, readonly Step[], readonly Act[], Act, unknown, unknown][] = [
  ['refund-take-in', PAID, [], takeIn('F1'), 'taken', 'before'],
  ['refund-ask', POSTED, [], ask(60), 'requested', 'before'],
  ['refund-approve', POSTED, [ask(60)], approve, 'approved', 'before'],
  ['refund-decline', POSTED, [ask(60)], decline, 'declined', 'before'],
  ['refund-reversed', POSTED, [ask(60), approve], reversed, 'told', 'told'],
  ['refund-settle-with-biller', POSTED, [takeIn('F1')], settled, 'settled', 'before'],
  ['item-posted-again', POSTED, [], postedAgain, undefined, undefined],
  ['wallet-movement-record', ['start'], [], walletMovement, undefined, undefined],
]

describe('when the connection is cut right after the commit', () => {
  let direct: Database
  let wire: CuttingWire
  let through: Database
  beforeAll(async () => {
    direct = await aDatabase()
    wire = await cuttingWire(await urlOf(direct))
    through = openServerDatabase({ url: wire.url, connections: 2 })
    await seat(direct)
  })
  afterAll(async () => {
    await through.close()
    await wire.close()
    await direct.close()
  })

  it.each(CASES)(
    'after %j, %s (%s) says %j, its repeat %j',
    async (before, step, statement, first, again) => {
      const [untroubled, cut] = [await aLife(direct, before), await aLife(direct, before)]
      expect(await STEPS[step](direct, untroubled)).toEqual(first)
      const sentBefore = wire.timesSent(statement)
      wire.cutAfter(statement)
      expect(await STEPS[step](through, cut)).toEqual(again)
      expect(wire.timesSent(statement) - sentBefore).toBe(2)
      const rows = await moneyRows(direct, cut.paymentId)
      expect(rows).toEqual(await moneyRows(direct, untroubled.paymentId))
      expect(rows).not.toEqual([])
    },
  )

  it.each(ACTS)(
    '%s is done once, and its repeat says so',
    async (statement, steps, acts, act, first, again) => {
      const [untroubled, cut] = [await aLife(direct, steps), await aLife(direct, steps)]
      for (const life of [untroubled, cut]) for (const one of acts) await one(direct, life)
      expect(await act(direct, untroubled)).toEqual(first)
      const sentBefore = wire.timesSent(statement)
      wire.cutAfter(statement)
      expect(await act(through, cut)).toEqual(again)
      expect(wire.timesSent(statement) - sentBefore).toBe(2)
      expect(await moneyRows(direct, cut.paymentId)).toEqual(
        await moneyRows(direct, untroubled.paymentId),
      )
    },
  )

  it('a task whose claim was not heard of is claimed again when its lease ends', async () => {
    const { paymentId } = await aLife(direct, PAID)
    wire.cutAfter('outbox-claim')
    expect(await claimTask(through, postTaskOf(paymentId), TODAY, 60_000)).toBeUndefined()
    expect(await claimTask(through, postTaskOf(paymentId), TODAY + 59_999, 60_000)).toBeUndefined()
    expect(await claimTask(through, postTaskOf(paymentId), TODAY + 60_000, 60_000)).toEqual({
      ...postTaskOf(paymentId),
      attempts: 2,
    })
  })

  it('again and again, the outcome is unknown to the caller, and found by the next call', async () => {
    const { paymentId } = await aLife(direct, ['start'])
    const paid = { paymentId, fact: paidFactOf(paymentId) }
    wire.cutAfter('payment-record-paid', 5)
    await expect(recordPaid(through, paid, TODAY)).rejects.toThrow('database: payment-record-paid')
    expect(await recordPaid(through, paid, TODAY)).toBe('before')
  })
})
