import { statement } from '../../../src/cloud/postgres/database'
import { engineName } from '../../support/databases'
import { aPaymentId, dueItems, pay, SISTER, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const PAID_AT_A_COUNTER = statement(
  'bill-paid-at-a-counter',
  `update bill set status = 'paid' where account_id = $1 and bill_id = $2`,
)

describe(`a bill as the resident sees it on the ${engineName()} engine`, () => {
  let town: Town
  afterEach(() => town.close())

  const jinghuaBill = async (openid: string) => {
    const { accounts } = replyOf(await town.call(openid, 'list-accounts', {}))
    const accountId = accounts.find((one) => one.billerId === 'jinghua-power')?.accountId ?? ''
    return replyOf(await town.call(openid, 'get-bill', { accountId, billId: '2026-10' }))
  }

  it('keeps what was paid for it, though midnight passed between the quote and the credit', async () => {
    town = await aTown({ startAt: Date.parse('2026-11-16T23:58:00+08:00') })
    const { prepayId } = await start(town, WANG, 'jinghua-power')
    await town.pass(5 * 60_000)
    expect(await jinghuaBill(WANG)).toMatchObject({ lateFee: 316, totalTomorrow: 24_614 })
    town.weChatPay.tap(prepayId, 'paid')
    await town.pass(100)
    expect(await jinghuaBill(WANG)).toMatchObject({
      principal: 24_274,
      lateFee: 291,
      total: 24_565,
      totalTomorrow: 24_565,
      daysLate: 12,
    })
  })

  it('names the payment that holds it, then the payment and receipt that paid it, to the payer', async () => {
    town = await aTown()
    const { paymentId, prepayId } = await start(town, WANG, 'jinghua-power')
    const held = await jinghuaBill(WANG)
    expect(held).toMatchObject({ standing: { kind: 'paying', mine: true }, paymentId })
    expect(held.receiptNumber).toBeUndefined()
    town.weChatPay.tap(prepayId, 'paid')
    await town.pass(100)
    const paid = await jinghuaBill(WANG)
    expect(paid).toMatchObject({ paymentId })
    expect(paid.receiptNumber).toMatch(/^WJ/)
  })

  it('shows a relative that it was paid, and neither payment nor receipt, which are not theirs', async () => {
    town = await aTown()
    await pay(town, WANG, 'jinghua-power')
    const seen = await jinghuaBill(SISTER)
    expect(seen.standing.kind).toBe('posted')
    expect(seen.paymentId).toBeUndefined()
    expect(seen.receiptNumber).toBeUndefined()
  })

  it('names no payment once WeChat has closed it: the bill is due again', async () => {
    town = await aTown()
    await start(town, WANG, 'jinghua-power')
    await town.pass(16 * 60_000)
    await town.jobs()
    const due = await jinghuaBill(WANG)
    expect(due.standing.kind).toBe('due')
    expect(due.paymentId).toBeUndefined()
  })

  it('does not grow any more once it was paid at a counter', async () => {
    town = await aTown()
    const [item] = await dueItems(town, WANG, 'jinghua-power')
    await town.database.run(PAID_AT_A_COUNTER, [item?.accountId ?? '', item?.billId ?? ''])
    await town.pass(3 * 24 * 3_600_000)
    expect(
      await town.call(WANG, 'start-payment', {
        paymentId: aPaymentId(),
        items: item ? [item] : [],
      }),
    ).toMatchObject({ reason: 'already-paid' })
    expect(await jinghuaBill(WANG)).toMatchObject({
      standing: { kind: 'paid-elsewhere' },
      lateFee: 0,
      total: 24_274,
    })
  })
})
