import {
  CLERK,
  journeyTown,
  NEWCOMER,
  payAndShowReceipt,
  toTheDesk,
  toTheSheet,
  WANG_FANG,
} from '../support/stand/journey-town'
import { BUILDS } from '../support/stand/phone'

describe.each(BUILDS)('the stand round the phone, with %s', (build) => {
  const { phoneOf } = journeyTown(build)

  test('each person who takes the phone finds only their own: accounts, consent, payments', async () => {
    const phone = await phoneOf(WANG_FANG)
    await toTheSheet(phone)
    await phone.become(NEWCOMER)
    await phone.sees('先加一个户号')
    await phone.airplane()
    await phone.tab('账单')
    await phone.seesNot(/京华供电/)
    await phone.airplane()
    await phone.tab('首页')
    await phone.seesNot(/有一笔付款还没确认/)
    await phone.become(WANG_FANG)
    await phone.sees(/有一笔付款还没确认/)
  })

  test('the whole main job by hand on one page: pay, then be the clerk and scan that screen', async () => {
    const phone = await phoneOf(WANG_FANG)
    await payAndShowReceipt(phone)
    await phone.become(CLERK)
    await toTheDesk(phone)
    await phone.scanPhoneBefore(() => phone.tap('扫收据上的码'))
    await phone.sees('收据是真的，钱已记到户号')
  })

  test('a fault stays drawn as it is: over a reload, and off after starting over', async () => {
    const phone = await phoneOf(WANG_FANG)
    await phone.beside.weChatPay('noticeLost', true)
    await phone.beside.billers('down', true)
    await phone.page.reload()
    // Turning a switch off finds it on first.
    await phone.beside.billers('down', false)
    await phone.beside.seesFault('weChatPay', 'noticeLost', true)
    await phone.beside.reset()
    await phone.beside.seesFault('weChatPay', 'noticeLost', false)
    await phone.beside.seesFault('billers', 'down', false)
  })

  test('starting over that fails says so, and can be tapped again', async () => {
    const phone = await phoneOf(WANG_FANG)
    await phone.page.route('**/stand/reset', (route) => route.abort(), { times: 1 })
    await phone.beside.resetInVain()
    await phone.beside.reset()
    await phone.seesButton('一次缴清 5 笔')
  })

  test('the time that a visitor moves on is the time of the phone', async () => {
    const phone = await phoneOf(WANG_FANG)
    await phone.sees('已逾期 12 天')
    await phone.beside.lateEvening()
    await phone.seesClock(/^23:4\d$/)
    await phone.beside.dayLater()
    await phone.closeAndOpen()
    await phone.sees('已逾期 13 天')
    await phone.seesClock(/^23:4\d$/)
  })
})
