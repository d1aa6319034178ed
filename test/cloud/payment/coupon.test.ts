import { statement } from '../../../src/cloud/postgres/database'
import { engineName } from '../../support/databases'
import { expectLawsHold } from '../../support/money-laws'
import { pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const BALANCES = statement(
  'test-balances',
  `select ledger_account::text as account, sum(amount_fen)::bigint as amount from ledger_entry
   group by ledger_account order by ledger_account`,
)

describe(`a coupon of WeChat’s on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })
  const balances = async () =>
    Object.fromEntries(
      (await town.database.run<{ account: string; amount: number }>(BALANCES)).map((row) => [
        row.account,
        row.amount,
      ]),
    )

  it('pays a part: the bill is paid whole, and the coupon’s part is kept apart from the money', async () => {
    town.weChatPay.giveCoupon(WANG, 500)
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    expect((await paymentOf(town, WANG, paymentId)).items[0]?.state).toBe('posted')
    expect(await balances()).toEqual({ wallet: 24065, promotion: 500, unposted: 0, posted: -24565 })
    const [credit] = town.neighbours.billers.get('jinghua-power')?.books.credits() ?? []
    expect(credit?.posting.amount).toBe(24565)
  })

  it('pays all of it: no money of the payer’s moves, and the bill is paid', async () => {
    town.weChatPay.giveCoupon(WANG, 1_000_000)
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    expect((await paymentOf(town, WANG, paymentId)).items[0]?.state).toBe('posted')
    expect(await balances()).toEqual({ promotion: 24565, unposted: 0, posted: -24565 })
  })

  it('reaches over the parts of a combined order, and is found by asking too', async () => {
    town.weChatPay.giveCoupon(WANG, 8000)
    town.weChatPay.faults.set({ noticeLost: 1 })
    const { paymentId, prepayId } = await start(town, WANG, 'shenjiang-water', 'shencheng-power')
    town.weChatPay.tap(prepayId, 'paid')
    const paid = await paymentOf(town, WANG, paymentId, true)
    expect(paid).toMatchObject({ state: 'paid', amount: 7590 + 4094 })
    await town.jobs()
    expect(await balances()).toEqual({
      wallet: 7590 + 4094 - 8000,
      promotion: 8000,
      unposted: 0,
      posted: -7590 - 4094,
    })
  })

  it('is spent once', async () => {
    town.weChatPay.giveCoupon(WANG, 500)
    await pay(town, WANG, 'jinghua-power')
    await pay(town, WANG, 'yanjing-water')
    expect((await balances()).promotion).toBe(500)
  })
})
