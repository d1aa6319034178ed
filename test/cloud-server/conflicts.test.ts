import type { Database } from '../../src/cloud/postgres/database'
import { startPaymentRow } from '../../src/cloud/postgres/payment-writes'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { type CuttingWire, cuttingWire } from '../support/cutting-wire'
import { aDatabase, SERIALIZABLE, urlOf } from '../support/databases'
import { moneyRows } from '../support/money-rows'
import { aLife, PAID, POSTING, REFUNDING, STEPS, type Step, UNDOABLE } from '../support/money-steps'
import { rowHolder } from '../support/row-holder'
import { aPaymentToStart } from '../support/stored-payment'
import { TODAY } from '../support/town'

const PAYMENT = 'update payment set merchant_id = merchant_id where payment_id = $1'
const BILL = `update bill set month = month where bill_id = $1 || '-0'`
const ITEM = 'update payment_item set month = month where payment_id = $1'
const TASK = 'update outbox_task set attempts = attempts where payment_id = $1'
const REFUND = 'update refund set reason = reason where payment_id = $1'

/** What came before, the step, its statement, and the row that somebody else writes meanwhile. */
const CASES: [readonly Step[], Step, string, string][] = [
  [[], 'start', 'payment-start', BILL],
  [['start'], 'await', 'payment-await', PAYMENT],
  [['start'], 'ask', 'payment-claim-ask', PAYMENT],
  [['start'], 'close', 'payment-close', PAYMENT],
  [['start'], 'settle', 'payment-record-paid', PAYMENT],
  [PAID, 'credit', 'bill-credit', BILL],
  [PAID, 'note', 'item-note-credit', ITEM],
  [UNDOABLE, 'endUndo', 'item-end-undo', ITEM],
  [UNDOABLE, 'undo', 'item-undo', PAYMENT],
  [PAID, 'claim', 'outbox-claim', TASK],
  [[...PAID, 'claim'], 'fail', 'task-fail', TASK],
  [[...PAID, 'claim'], 'failLast', 'task-fail', TASK],
  [[...PAID, 'claim'], 'begin', 'item-begin-posting', ITEM],
  [POSTING, 'posted', 'item-finish-posting', PAYMENT],
  [PAID, 'giveBack', 'refund-request', PAYMENT],
  [REFUNDING, 'sent', 'refund-sent', REFUND],
  [REFUNDING, 'refunded', 'refund-finish', REFUND],
]

describe('a conflict at the server', () => {
  let direct: Database
  let wire: CuttingWire
  let url: string
  beforeAll(async () => {
    direct = await aDatabase()
    url = await urlOf(direct)
    wire = await cuttingWire(url)
  })
  afterAll(async () => {
    await wire.close()
    await direct.close()
  })

  it.each(CASES)(
    'that is a serialization failure: after %j, %s (%s) is sent again and done once',
    async (before, step, statement, write) => {
      const serializable = openServerDatabase({
        url: `${wire.url}${SERIALIZABLE}`,
        connections: 1,
      })
      const [untroubled, met] = [await aLife(direct, before), await aLife(direct, before)]
      const [sent, errors] = [wire.timesSent(statement), wire.errors.length]
      const other = await rowHolder(url)
      await other.run(write, [met.paymentId])
      const answer = STEPS[step](serializable, met)
      await other.untilOthersWait()
      await other.letGo()
      expect(await answer).toEqual(await STEPS[step](direct, untroubled))
      await serializable.close()
      expect(wire.errors.slice(errors)).toEqual(['40001'])
      expect(wire.timesSent(statement) - sent).toBe(2)
      expect(await moneyRows(direct, met.paymentId)).toEqual(
        await moneyRows(direct, untroubled.paymentId),
      )
    },
  )

  it('that is a deadlock over two bills: the payment is sent again and started once', async () => {
    const through = openServerDatabase({ url: wire.url, connections: 1 })
    const two = [1, 2].map((orderNo) => ({ orderNo, principal: 100, lateFee: 0 }))
    const payment = await aPaymentToStart(direct, two)
    const [sent, errors] = [wire.timesSent('payment-start'), wire.errors.length]
    const other = await rowHolder(url)
    const hold = (index: number) =>
      other.run(`select from bill where bill_id = $1 for update`, [`${payment.paymentId}-${index}`])
    await hold(1)
    const answer = startPaymentRow(through, payment, TODAY)
    await other.untilOthersWait()
    // Whoever began to wait first finds the deadlock and is ended: ours, after deadlock_timeout.
    await hold(0)
    await other.letGo()
    expect(await answer).toEqual({ started: 'now' })
    await through.close()
    expect(wire.errors.slice(errors)).toEqual(['40P01'])
    expect(wire.timesSent('payment-start') - sent).toBe(2)
  })

  it('that is a deadlock over payment and item: the posting is sent again and finished once', async () => {
    const through = openServerDatabase({ url: wire.url, connections: 1 })
    const [untroubled, met] = [await aLife(direct, POSTING), await aLife(direct, POSTING)]
    const [sent, errors] = [wire.timesSent('item-finish-posting'), wire.errors.length]
    const other = await rowHolder(url)
    await other.run('select from payment_item where payment_id = $1 for update', [met.paymentId])
    const answer = STEPS.posted(through, met)
    await other.untilOthersWait()
    await other.run('select from payment where payment_id = $1 for update', [met.paymentId])
    await other.letGo()
    await answer
    await through.close()
    expect(wire.errors.slice(errors)).toEqual(['40P01'])
    expect(wire.timesSent('item-finish-posting') - sent).toBe(2)
    await STEPS.posted(direct, untroubled)
    expect(await moneyRows(direct, met.paymentId)).toEqual(
      await moneyRows(direct, untroubled.paymentId),
    )
  })
})
