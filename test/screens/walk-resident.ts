import { fen } from '../../src/core/money'
import type { JourneyPhone } from '../support/stand/phone'
import type { Walk } from './walk'
import { beginning } from './walk-words'

/** A resident from home to the receipt, with what lies beside that way; gives the receipt's code. */
export async function walkResident(walk: Walk): Promise<string> {
  const { words, phoneOf } = walk
  const phone = await phoneOf('o-demo-wang-fang')
  await phone.seesButton(words.home.payAll(5))
  await walk.picture(phone, 'home')
  await walkAccount(walk, phone)
  const code = await walkPayment(walk, phone)
  await walkTabs(walk, phone)
  await phone.putAway()
  return code
}

async function walkAccount({ words, picture }: Walk, phone: JourneyPhone): Promise<void> {
  await phone.tap(new RegExp(words.stand.power))
  await phone.sees(words.bill.why)
  await picture(phone, 'bill')
  await phone.tap(words.bill.account)
  await phone.sees(/每月用电|Power per month/)
  await picture(phone, 'account')
  await phone.tap(beginning(words.account.rename))
  await phone.sees(words.account.renameTitle)
  await picture(phone, 'account-rename')
  await phone.tap(words.account.cancel)
  await phone.tap(words.account.unbind)
  await phone.sees(words.account.unbindTitle)
  await picture(phone, 'account-unbind')
  await phone.tap(words.account.cancel)
  await phone.back()
  await phone.back()
}

async function walkPayment({ words, picture }: Walk, phone: JourneyPhone): Promise<string> {
  await phone.tap(words.home.payAll(5))
  await phone.seesButton(words.pay.pay(fen(45_249)))
  await picture(phone, 'pay')
  await phone.tap(words.pay.pay(fen(45_249)))
  await phone.tap(words.shell.agree)
  await phone.seesOnSheet(words.stand.payNow)
  await picture(phone, 'wechat-sheet')
  await phone.onSheet(words.stand.payNow)
  await phone.sees(words.result.doneTitle(4, ''))
  await picture(phone, 'result')
  await phone.tap(words.result.seeReceipts(4))
  await phone.sees(words.receipt.end)
  await picture(phone, 'receipts')
  await phone.tap(new RegExp(words.stand.jinghua))
  await phone.sees(words.receipt.scanThis)
  await picture(phone, 'receipt')
  const code = await phone.readCode()
  await phone.back()
  await phone.back()
  await phone.tap(words.result.toHome)
  return code
}

async function walkTabs({ words, picture }: Walk, phone: JourneyPhone): Promise<void> {
  await phone.sees(words.home.due(1, 1))
  await phone.airplane()
  await phone.pull()
  await phone.sees(/没有网络|No network/)
  await picture(phone, 'home-offline')
  await phone.airplane()
  await phone.tab(words.shell.tabs[1] ?? '')
  await phone.sees(/\d{4} 年 \d+ 月|[A-Z][a-z]+ \d{4}/)
  await picture(phone, 'bills')
  await phone.tab(words.shell.tabs[2] ?? '')
  await phone.sees(words.me.sums(2, 6))
  await picture(phone, 'me')
  for (const [cell, name] of [
    [words.me.help, 'help'],
    [words.me.agreement, 'agreement'],
    [words.me.privacy, 'privacy'],
  ] as const) {
    await phone.tap(beginning(cell))
    await picture(phone, name)
    await phone.back()
  }
}
