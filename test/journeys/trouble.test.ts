import { journeyTown, toTheSheet, WANG_FANG } from '../support/stand/journey-town'
import { BUILDS } from '../support/stand/phone'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe.each(BUILDS)('when something goes wrong, on %s', (build) => {
  const { stand, phoneOf } = journeyTown(build)

  test('a lost notice is found by asking', async () => {
    stand().weChatPay().faults.set({ noticeLost: 1 })
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，京华供电已销账')
    stand().weChatPay().faults.set({ noticeLost: 0 })
    await phone.putAway()
  })

  test('a notice that comes twice credits once', async () => {
    stand().weChatPay().faults.set({ noticeDoubled: 1 })
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，京华供电已销账')
    stand().weChatPay().faults.set({ noticeDoubled: 0 })
    await phone.tap('回首页')
    expect(stand().biller('jinghua-power').books.credits()).toHaveLength(1)
    await phone.putAway()
  })

  test('a phone that dies in mid-payment finds the same payment again', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.closeAndOpen()
    await phone.tap(/有一笔付款还没确认/)
    await phone.sees('正在等微信确认')
    await phone.tap('回首页')
    await phone.tap(/电 · 京华供电/)
    await phone.tap('接着付')
    await phone.putAway()
    expect(stand().weChatPay().orders()).toHaveLength(1)
  })

  test('WeChat took the money after we had closed the order: it is still a payment', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.onSheet('取消')
    await phone.sees('您从微信支付退出来了')
    stand().clock.forward(20 * MINUTE)
    await phone.sees('没有付成，钱没有动。')
    const [order] = stand().weChatPay().orders()
    stand()
      .weChatPay()
      .payLate(order?.number ?? '')
    await phone.tap('回首页')
    await phone.tab('账单')
    await phone.tap(/爸妈家 · 电.*245\.65/)
    await phone.pullUntil('已销账')
    await phone.putAway()
  })

  test('an amount that grew since it was seen is shown before it is paid', async () => {
    const phone = await phoneOf(WANG_FANG)
    await phone.tap(/电 · 京华供电/)
    await phone.tap('支付 245.65 元')
    await phone.sees('京华供电有限公司')
    stand().clock.forward(DAY)
    await phone.tap('支付 245.65 元')
    await phone.tap('同意')
    await phone.sees('金额变了：现在是 245.90 元。看一眼再付。')
    await phone.tap('支付 245.90 元')
    expect(await phone.sheetAmount()).toBe('¥245.90')
    await phone.putAway()
  })

  test('a company that is offline is told when it is back', async () => {
    stand().biller('jinghua-power').setFaults({ down: 1 })
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.onSheet('立即支付')
    await phone.sees('微信已收款')
    await phone.sees('等京华供电销账')
    stand().biller('jinghua-power').setFaults({ down: 0 })
    stand().clock.forward(5 * MINUTE)
    // A page that shows a slow posting looks again every half minute.
    await phone.sees('缴好了，京华供电已销账', { timeout: 50_000 })
    await phone.putAway()
  })
})
