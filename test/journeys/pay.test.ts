import {
  CLERK,
  journeyTown,
  MANY,
  payAndShowReceipt,
  SISTER,
  seesReceipts,
  toTheDesk,
  toTheSheet,
  WANG_FANG,
} from '../support/stand/journey-town'
import { BUILDS } from '../support/stand/phone'

describe.each(BUILDS)('paying on %s', (build) => {
  const { phoneOf } = journeyTown(build)

  test('one bill, from its row to its receipt, which a clerk finds genuine and posted', async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    const clerk = await phoneOf(CLERK)
    await toTheDesk(clerk)
    await clerk.holdCode(() => clerk.tap('扫收据上的码'), code)
    await clerk.sees('收据是真的，钱已记到户号')
    await clerk.sees('245.65 元')
    await clerk.tap('核对八项')
    await clerk.sees('7 项一致，1 项请看一眼')
  })

  test('several companies in one act, with a receipt for each bill', async () => {
    const phone = await phoneOf(WANG_FANG)
    await phone.tap('一次缴清 5 笔')
    await phone.sees('付给 4 家公司，合计')
    await phone.sees('要分 2 次付。')
    await phone.tap('支付 452.49 元')
    await phone.tap('同意')
    await phone.seesOnSheet('¥452.49')
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，4 家都已销账')
    await phone.sees('微信已收款')
    await phone.sees('万家已入账')
    await phone.sees('等每日对账')
    await phone.sees(/明天 11:00 前/)
    await phone.tap('看收据（4 张）')
    await phone.sees('爸妈家 · 京华供电')
    await phone.sees('我家 · 申江水务')
  })

  test('twelve bills at once', async () => {
    const phone = await phoneOf(MANY)
    await phone.tap('一次缴清 12 笔')
    await phone.tap('支付 1,403.51 元')
    await phone.tap('同意')
    await phone.seesOnSheet('¥1403.51')
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，4 家都已销账')
    await phone.tap('回首页')
    await phone.sees('都缴清了')
  })

  test('cancelled on the sheet, then paid after all: the same payment goes on', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.onSheet('取消')
    await phone.sees('您从微信支付退出来了')
    await phone.seesNot('失败')
    await phone.tap('接着付 245.65 元')
    await phone.seesOnSheet('¥245.65')
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，京华供电已销账')
    await seesReceipts(phone, 1)
  })

  test('two devices of one resident share one payment', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    const tablet = await phoneOf(WANG_FANG)
    await tablet.sees(/您有一笔没付完/)
    await tablet.tap(/电 · 京华供电/)
    await tablet.tap('接着付')
    await tablet.tap('接着付 245.65 元')
    await tablet.seesOnSheet('¥245.65')
    await tablet.onSheet('立即支付')
    await tablet.sees('缴好了，京华供电已销账')
    await phone.onSheet('取消')
    await phone.sees('缴好了，京华供电已销账')
    await seesReceipts(phone, 1)
  })

  test('a relative sees who is paying, under the name that person chose, and that it was paid', async () => {
    const sister = await phoneOf(SISTER)
    await sister.tab('我')
    await sister.tap(/^家人看到我叫/)
    await sister.type('家人看到我叫', '大姐')
    await sister.tap('保存')
    await sister.tab('首页')
    await toTheSheet(sister)
    const phone = await phoneOf(WANG_FANG)
    await phone.sees(/大姐 正在支付/)
    await phone.sees(/不含大姐在付的 245\.65/)
    await phone.seesButton('一次缴清 4 笔')
    await sister.onSheet('立即支付')
    await sister.sees('缴好了，京华供电已销账')
    await phone.pull()
    await phone.tab('账单')
    await phone.tap(/爸妈家 · 电.*245\.65/)
    await phone.sees('已销账')
  })
})
