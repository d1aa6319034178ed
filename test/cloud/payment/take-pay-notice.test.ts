import { type Database, statement } from '../../../src/cloud/postgres/database'
import { takePayNotice } from '../../../src/cloud/use-cases/take-pay-notice'
import type { PaidNotice } from '../../../src/cloud/wechat/read-notice'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, type ItemToStore, orderFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const PAYMENT = statement(
  'test-payment-noticed',
  `select state, notice_id as notice, settled_at as "settledAt", paid_at as "paidAt" from payment where payment_id = $1`,
)
const ITEMS_OF = statement(
  'test-items-credited',
  `select i.credit, i.receipt_code is not null as "isSigned", b.credited_payment_id as "creditedBy"
   from payment_item i join bill b on b.account_id = i.account_id and b.bill_id = i.bill_id
   where i.payment_id = $1 order by i.item_no`,
)
/** The second can be taken back for ten minutes. */
const ITEMS: ItemToStore[] = [
  { orderNo: 1, principal: 100, lateFee: 0 },
  { orderNo: 1, principal: 200, lateFee: 0, undoMinutes: 10 },
]

describe(`a notice that something was paid, on the ${engineName()} engine`, () => {
  let database: Database
  const now = TODAY + 70_000
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  const noticeOf = (paymentId: string, change: Partial<PaidNotice['fact']> = {}): PaidNotice => {
    const fact = { ...orderFactOf(paymentId, ITEMS), ...change }
    return { kind: 'paid', id: 'n-1', merchantId: 'provider', fact }
  }
  const take = (notice: PaidNotice) =>
    takePayNotice(portsOver(database, { now: () => now }), notice)
  const items = (paymentId: string) => database.run(ITEMS_OF, [paymentId])

  it('settles it, credits what cannot be taken back, and signs each receipt', async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    expect(await take(noticeOf(paymentId))).toEqual({ answer: 'settled', paymentId })
    expect(await database.run(PAYMENT, [paymentId])).toEqual([
      { state: 'paid', notice: 'n-1', settledAt: now, paidAt: TODAY + 60_000 },
    ])
    expect(await items(paymentId)).toEqual([
      { credit: 'credited', isSigned: true, creditedBy: paymentId },
      { credit: null, isSigned: true, creditedBy: null },
    ])
    expect(await take(noticeOf(paymentId))).toEqual({ answer: 'before', paymentId })
  })

  it.each([
    ['of no share of it', { parts: [] }, 'other-payee'],
    ['by somebody else', { openid: 'x' }, 'other-payer'],
    ['of no order of ours', { orderNumber: 'x' }, 'unknown-order'],
  ])('%s is not taken, and nothing is credited', async (_, change, answer) => {
    const paymentId = await aStoredPayment(database, ITEMS)
    expect(await take(noticeOf(paymentId, change))).toStrictEqual({ answer })
    expect(await items(paymentId)).toEqual(
      [1, 2].map(() => ({ credit: null, isSigned: false, creditedBy: null })),
    )
  })
})
