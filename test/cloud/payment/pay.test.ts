import { statement } from '../../../src/cloud/postgres/database'
import { newPaymentId } from '../../../src/core/payment-id'
import { engineName } from '../../support/databases'
import { aTown, replyOf, type Town } from '../../support/town'

const WANG = 'o-demo-wang-fang'
let serial = 0
const anId = () =>
  newPaymentId(Uint8Array.from({ length: 16 }, (_, index) => (index === 15 ? ++serial : 0)))

describe(`a payment on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())

  const dueBills = async (openid = WANG) =>
    replyOf(await town.call(openid, 'list-accounts', {})).accounts.flatMap((account) =>
      account.bills
        .filter((bill) => bill.standing.kind === 'due')
        .map((bill) => ({
          accountId: account.accountId,
          billId: bill.billId,
          amountSeen: bill.total,
          billerId: account.billerId,
        })),
    )
  const prepayIdOf = (pay: { package: string } | undefined) =>
    (pay?.package ?? '').replace('prepay_id=', '')

  it('shows what is due, with the late fees of today', async () => {
    const bills = await dueBills()
    expect(bills.map((bill) => [bill.billerId, bill.amountSeen])).toEqual([
      ['shenjiang-water', 7590],
      ['shencheng-power', 4093],
      ['pujiang-gas', 4200],
      ['jinghua-power', 24565],
      ['yanjing-water', 9000],
    ])
  })

  it('pays three companies at once: settled, credited, posted, with a receipt each', async () => {
    const bills = (await dueBills()).filter((bill) =>
      ['shenjiang-water', 'shencheng-power', 'jinghua-power'].includes(bill.billerId),
    )
    const paymentId = anId()
    const started = replyOf(await town.call(WANG, 'start-payment', { paymentId, items: bills }))
    expect(started).toMatchObject({ state: 'awaiting', amount: 7590 + 4093 + 24565 })
    town.weChatPay.tap(prepayIdOf(started.pay), 'paid')
    await town.pass(100)
    const paid = replyOf(await town.call(WANG, 'get-payment', { paymentId }))
    expect(paid.state).toBe('paid')
    expect(paid.items.map((item) => item.state)).toEqual(['posted', 'posted', 'posted'])
    expect(paid.items[0]?.trail.map((step) => step.kind)).toEqual([
      'wechat',
      'settled',
      'posted',
      'matched',
    ])
    const receipts = replyOf(await town.call(WANG, 'list-receipts', { paymentId }))
    expect(receipts.rows).toHaveLength(3)
    const sums = await town.database.run<{ total: number }>(
      statement(
        'ledger-sum',
        'select coalesce(sum(amount_fen), 0)::bigint as total from ledger_entry',
      ),
    )
    expect(sums[0]?.total).toBe(0)
    expect(town.weChatPay.shipments()).toHaveLength(3)
    expect((await dueBills()).map((bill) => bill.billerId)).toEqual([
      'pujiang-gas',
      'yanjing-water',
    ])
  })
})
