import { pay, paymentOf, start, WANG } from '../support/payer'
import { aTown, type Town } from '../support/town'

const MINUTE = 60_000

describe('notices of the WeChat Pay simulator', () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())
  const attempts = () =>
    town.weChatPay.notices.sent().map(({ attempt, status }) => [attempt, status])
  const stateOf = async (paymentId: string) => (await paymentOf(town, WANG, paymentId)).state

  test('a signature probe is refused, and the notice after it is taken', async () => {
    town.weChatPay.faults.set({ noticeProbed: 1 })
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    expect(attempts().sort()).toEqual([
      [0, 401],
      [1, 204],
    ])
    expect(await stateOf(paymentId)).toBe('paid')
    expect(town.neighbours.billers.get('jinghua-power')?.books.credits()).toHaveLength(1)
  })

  test('a late one comes a minute later, whatever is announced meanwhile', async () => {
    town.weChatPay.faults.next('noticeLate')
    const late = await start(town, WANG, 'jinghua-power')
    town.weChatPay.tap(late.prepayId, 'paid')
    const punctual = await start(town, WANG, 'shenjiang-water')
    town.weChatPay.tap(punctual.prepayId, 'paid')
    await town.pass(1_000)
    expect(await stateOf(punctual.paymentId)).toBe('paid')
    expect(await stateOf(late.paymentId)).toBe('awaiting')
    await town.pass(MINUTE)
    expect(await stateOf(late.paymentId)).toBe('paid')
  })
})
