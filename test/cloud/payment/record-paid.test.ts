import { type Database, statement } from '../../../src/cloud/postgres/database'
import { closePayment, recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { creditBills } from '../../../src/cloud/use-cases/credit-bills'
import { recordPaidOrder } from '../../../src/cloud/use-cases/record-paid'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { moneyLines } from '../../support/money-lines'
import { portsOver } from '../../support/ports-over'
import {
  aStoredPayment,
  type ItemToStore,
  orderFactOf,
  paidFactOf,
} from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const ITEMS: ItemToStore[] = [{ orderNo: 1, principal: 100, lateFee: 0, undoMinutes: 10 }]
const NOTICE = statement(
  'test-notice-of-payment',
  'select notice_id as notice, state from payment where payment_id = $1',
)
/** The first item's row comes behind the second's. */
const REWRITTEN = statement(
  'test-item-rewritten',
  'update payment_item set month = month where payment_id = $1 and item_no = 1',
)
const SETTLED = statement(
  'test-settled-movements',
  `select item_no || ' ' || kind || ' ' || amount_fen as movement from movement where payment_id = $1
   order by item_no, kind`,
)

describe(`recording that an order was paid, on the ${engineName()} engine`, () => {
  let database: Database
  const ports = () => portsOver(database, { now: () => TODAY + 70_000 })
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  const record = (paymentId: string, noticeId?: string) => {
    const fact = orderFactOf(paymentId, ITEMS)
    const paid = { paymentId, merchantId: 'provider', fact }
    return recordPaidOrder(ports(), noticeId === undefined ? paid : { ...paid, noticeId })
  }

  it.each([['n-1'], [undefined]])('keeps the notice %s that told of it', async (noticeId) => {
    const paymentId = await aStoredPayment(database, ITEMS)
    expect(await record(paymentId, noticeId)).toBe('settled')
    expect(await database.run(NOTICE, [paymentId])).toEqual([
      { notice: noticeId ?? null, state: 'paid' },
    ])
  })

  it('counts a coupon for the first item, wherever its row lies', async () => {
    const items = [100, 100].map((principal) => ({ orderNo: 1, principal, lateFee: 0 }))
    const paymentId = await aStoredPayment(database, items)
    await database.run(REWRITTEN, [paymentId])
    const fact = paidFactOf(paymentId, items)
    const parts = fact.parts.map((part) => ({ ...part, payerFen: fen(150) }))
    await recordPaid(database, { paymentId, fact: { ...fact, parts } }, TODAY)
    expect(await database.run(SETTLED, [paymentId])).toEqual([
      { movement: '1 settle 50' },
      { movement: '1 settle-coupon 50' },
      { movement: '2 settle 100' },
    ])
  })

  it('credits at once what came too late to be taken back', async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    await closePayment(database, paymentId, TODAY)
    await record(paymentId)
    const follow = moneyLines(database, paymentId)
    await follow('so far', async () => undefined)
    const lines = await follow('credit', () => creditBills(ports(), paymentId))
    expect(
      lines.map((line) => line.replace(/receipt_code=.* (?=receipt_key)/, 'receipt_code ')),
    ).toEqual([
      'credit: told',
      '+ audit credit:P-0:1:P: at=70s act=credit-bill actor=P subject_id=account-1',
      '  bill P-0: status=paid credited_at=70s credited_item_no=1 credited_payment_id=P',
      '  item 1: credit=credited receipt_code receipt_key_id=r1',
    ])
  })
})
