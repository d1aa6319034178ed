import { expectLawsHold } from '../../support/money-laws'
import { paymentOf, SISTER, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

describe('notices that do not come when they should', () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  it('late: the payment is found by asking first, and the notice then changes nothing', async () => {
    town.weChatPay.faults.next('noticeLate')
    const { paymentId, prepayId } = await start(town, WANG, 'jinghua-power')
    town.weChatPay.tap(prepayId, 'paid')
    await town.pass(40_000)
    expect(town.weChatPay.notices.sent()).toEqual([])
    await town.jobs()
    const found = await paymentOf(town, WANG, paymentId)
    expect(found.items[0]?.state).toBe('posted')
    await town.pass(30_000)
    expect(town.weChatPay.notices.sent()).toMatchObject([{ attempt: 1, status: 204 }])
    expect((await paymentOf(town, WANG, paymentId)).items).toEqual(found.items)
    expect(town.neighbours.billers.get('jinghua-power')?.books.credits()).toHaveLength(1)
  })

  it('in the opposite order: each settles its own payment', async () => {
    town.weChatPay.faults.next('noticeReordered')
    const first = await start(town, WANG, 'jinghua-power')
    const second = await start(town, SISTER, 'yanjing-water')
    town.weChatPay.tap(first.prepayId, 'paid')
    town.weChatPay.tap(second.prepayId, 'paid')
    await town.pass(100)
    expect(town.weChatPay.notices.sent().map(({ status }) => status)).toEqual([204, 204])
    expect((await paymentOf(town, WANG, first.paymentId)).state).toBe('paid')
    expect((await paymentOf(town, SISTER, second.paymentId)).state).toBe('paid')
  })

  it('lost, they come again after 15, 15 and 30 seconds until they are taken', async () => {
    const { paymentId, prepayId } = await start(town, WANG, 'jinghua-power')
    const sent = () => town.weChatPay.notices.sent().map(({ attempt, status }) => [attempt, status])
    town.weChatPay.faults.set({ noticeLost: 1 })
    town.weChatPay.tap(prepayId, 'paid')
    for (const wait of [100, 15_000, 15_000]) await town.pass(wait)
    expect(sent()).toEqual([
      [1, 'lost'],
      [2, 'lost'],
      [3, 'lost'],
    ])
    town.weChatPay.faults.set({ noticeLost: 0 })
    await town.pass(29_000)
    expect(sent()).toHaveLength(3)
    await town.pass(2_000)
    expect(sent().at(-1)).toEqual([4, 204])
    expect((await paymentOf(town, WANG, paymentId)).state).toBe('paid')
  })
})
