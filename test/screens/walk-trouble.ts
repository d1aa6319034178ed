import { fen } from '../../src/core/money'
import type { JourneyPhone } from '../support/stand/phone'
import type { Walk } from './walk'
import { showToClerk } from './walk-clerk'

const PARENTS = fen(33_565)

/** Money on its way: WeChat not yet sure, then a company that does not answer; in the end all clear. */
export async function walkTrouble(walk: Walk): Promise<void> {
  const { words, phoneOf, picture } = walk
  const phone = await phoneOf('o-demo-sister')
  await phone.beside.billers('down', true)
  await phone.beside.weChatPay('noticeLost', true)
  await leaveTheSheet(walk, phone)
  await picture(phone, 'result-open')
  await phone.tap(words.result.continuePaying(PARENTS))
  await phone.seesOnSheet(words.stand.payNow)
  await phone.beside.weChatPay('serverError', true)
  await phone.onSheet(words.stand.payNow)
  await phone.sees(words.result.waitingTitle)
  await picture(phone, 'result-unknown')
  await phone.beside.weChatPay('serverError', false)
  await phone.sees(words.result.postingTitle)
  await picture(phone, 'result-posting')
  const code = await codeOfPower(walk, phone)
  await showToClerk(walk, code, { verdict: 'unposted', name: 'clerk-unposted' })
  await phone.back()
  await phone.back()
  await phone.beside.minutesLater()
  await phone.beside.minutesLater()
  await phone.sees(words.result.lateBold.trim(), { timeout: 50_000 })
  await picture(phone, 'result-late')
  await phone.beside.billers('down', false)
  await phone.beside.minutesLater()
  await phone.sees(words.result.doneTitle(2, ''), { timeout: 50_000 })
  await phone.tap(words.result.toHome)
  await phone.sees(words.home.clear(1))
  await picture(phone, 'home-clear')
  await phone.putAway()
}

/** A payment that was never made, and one that its company did not take. */
export async function walkReturns(walk: Walk): Promise<void> {
  const { words, phoneOf, picture } = walk
  const phone = await phoneOf('o-demo-sister')
  await leaveTheSheet(walk, phone)
  await phone.beside.minutesLater()
  await phone.sees(words.result.closedTitle)
  await picture(phone, 'result-closed')
  await phone.beside.billers('closedWindow', true)
  await phone.tap(words.result.payAgain)
  await phone.tap(words.pay.pay(PARENTS))
  await phone.onSheet(words.stand.payNow)
  await phone.sees(words.result.returnedBold.trim())
  await picture(phone, 'result-returned')
  const code = await codeOfPower(walk, phone)
  await showToClerk(walk, code, { verdict: 'rejected', name: 'clerk-rejected' })
  await phone.putAway()
}

async function leaveTheSheet({ words }: Walk, phone: JourneyPhone): Promise<void> {
  await phone.tap(words.home.payAll(2))
  await phone.tap(words.pay.pay(PARENTS))
  await phone.tap(words.shell.agree)
  await phone.seesOnSheet(words.stand.payNow)
  await phone.onSheet(words.stand.cancel)
  await phone.sees(words.result.openTitle)
}

/** The receipt of the power bill, from the result page. */
async function codeOfPower({ words }: Walk, phone: JourneyPhone): Promise<string> {
  await phone.tap(words.result.seeReceipts(2))
  await phone.tap(new RegExp(words.stand.jinghua))
  await phone.sees(words.receipt.scanThis)
  return phone.readCode()
}
