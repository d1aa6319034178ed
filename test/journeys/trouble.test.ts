import {
  CLERK,
  journeyTown,
  SISTER,
  seesReceipts,
  toTheDesk,
  toThePayPage,
  toTheSheet,
  WANG_FANG,
} from '../support/stand/journey-town'
import { BUILDS } from '../support/stand/phone'

describe.each(BUILDS)('when something goes wrong, on %s', (build) => {
  const { phoneOf } = journeyTown(build)

  test('a lost notice is found by asking', async () => {
    const phone = await phoneOf(WANG_FANG)
    await phone.beside.weChatPay('noticeLost', true)
    await toTheSheet(phone)
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，京华供电已销账')
    await phone.beside.reads(/通知 notice 1 .* lost/)
  })

  test('a notice that is forged first and comes twice then credits once', async () => {
    const phone = await phoneOf(WANG_FANG)
    await phone.beside.weChatPay('noticeProbed', true)
    await phone.beside.weChatPay('noticeDoubled', true)
    await toTheSheet(phone)
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，京华供电已销账')
    await phone.beside.reads(/通知 notice 0 .* 401/)
    await phone.beside.reads(/通知 notice 1 .* 204/)
    await phone.tap('看收据')
    const code = await phone.readCode()
    await phone.back()
    await seesReceipts(phone, 1)
    const clerk = await phoneOf(CLERK)
    await toTheDesk(clerk)
    await clerk.holdCode(() => clerk.tap('扫收据上的码'), code)
    await clerk.sees('收据是真的，钱已记到户号')
  })

  test('a phone that dies in mid-payment finds the same payment again, and pays it', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.closeAndOpen()
    await phone.tap(/有一笔付款还没确认/)
    await phone.sees('还没付的话，可以接着付。')
    await phone.tap('接着付 245.65 元')
    await phone.seesOnSheet('¥245.65')
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，京华供电已销账')
    await seesReceipts(phone, 1)
  })

  test('WeChat took the money after we had closed the order: it is still a payment', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.onSheet('取消')
    await phone.sees('您从微信支付退出来了')
    await phone.beside.minutesLater()
    await phone.sees('没有付成，钱没有动。')
    await phone.beside.payLate()
    await phone.tap('回首页')
    await phone.tab('账单')
    await phone.tap(/爸妈家 · 电.*245\.65/)
    await phone.pullUntil('已销账')
    const sister = await phoneOf(SISTER)
    await sister.seesButton('支付 90.00 元')
  })

  test('an amount that grew since it was seen is shown before it is paid', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toThePayPage(phone)
    await phone.beside.dayLater()
    await phone.tap('支付 245.65 元')
    await phone.tap('同意')
    await phone.sees('金额变了：现在是 245.90 元。看一眼再付。')
    await phone.tap('支付 245.90 元')
    await phone.seesOnSheet('¥245.90')
  })

  test('a bill that a relative paid meanwhile is not paid again', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toThePayPage(phone)
    const sister = await phoneOf(SISTER)
    await toTheSheet(sister)
    await sister.onSheet('立即支付')
    await sister.sees('缴好了，京华供电已销账')
    await phone.tap('支付 245.65 元')
    await phone.tap('同意')
    await phone.sees('这张账单已经付过了。不用再付。')
    await phone.seesNot('支付 245.65 元')
  })

  test('a company that is offline is told when it is back', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toThePayPage(phone)
    await phone.beside.billers('down', true)
    await phone.tap('支付 245.65 元')
    await phone.tap('同意')
    await phone.onSheet('立即支付')
    await phone.sees('微信已收款')
    await phone.sees('等京华供电销账')
    await phone.beside.billers('down', false)
    await phone.beside.minutesLater()
    // A page that shows a slow posting looks again every half minute.
    await phone.sees('缴好了，京华供电已销账', { timeout: 50_000 })
    const sister = await phoneOf(SISTER)
    await sister.seesButton('支付 90.00 元')
  })
})
