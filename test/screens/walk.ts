import { fen } from '../../src/core/money'
import { ADD_WORDS } from '../../src/miniapp/client/words/add'
import { BILL_WORDS } from '../../src/miniapp/client/words/bill'
import { CLERK_WORDS } from '../../src/miniapp/client/words/clerk'
import { HELP_WORDS } from '../../src/miniapp/client/words/help'
import { HOME_WORDS } from '../../src/miniapp/client/words/home'
import { ME_WORDS } from '../../src/miniapp/client/words/me'
import { PAY_WORDS } from '../../src/miniapp/client/words/pay'
import { RECEIPT_WORDS } from '../../src/miniapp/client/words/receipt'
import { RESULT_WORDS } from '../../src/miniapp/client/words/result'
import { SHELL_WORDS } from '../../src/miniapp/client/words/shell'
import type { TestStand } from '../support/stand/a-stand'
import type { JourneyPhone } from '../support/stand/phone'
import type { ScreenLook } from './looks'

export type Walk = {
  look: ScreenLook
  stand: TestStand
  /** Takes a person's phone, with the look chosen in "Me". */
  phoneOf: (openid: string) => Promise<JourneyPhone>
  /** Keeps the picture of the screen under a name. */
  picture: (phone: JourneyPhone, name: string) => Promise<void>
}

const ALL_WORDS = {
  add: ADD_WORDS,
  bill: BILL_WORDS,
  clerk: CLERK_WORDS,
  help: HELP_WORDS,
  home: HOME_WORDS,
  me: ME_WORDS,
  pay: PAY_WORDS,
  receipt: RECEIPT_WORDS,
  result: RESULT_WORDS,
  shell: SHELL_WORDS,
}

type AllWords = { [Name in keyof typeof ALL_WORDS]: (typeof ALL_WORDS)[Name]['zh'] }

export function wordsIn(language: 'zh' | 'en'): AllWords {
  return Object.fromEntries(
    Object.entries(ALL_WORDS).map(([name, words]) => [name, words[language]]),
  ) as AllWords
}

/** A newcomer: the empty home, every step of adding an account, the consent in between. */
export async function walkNewcomer({ look, phoneOf, picture }: Walk): Promise<void> {
  const words = wordsIn(look.language)
  const phone = await phoneOf('o-demo-newcomer')
  await phone.sees(words.home.emptyTitle)
  await picture(phone, 'home-empty')
  await phone.tap(words.home.emptyButton)
  await phone.sees(words.add.whichBiller)
  await picture(phone, 'add-biller')
  await phone.tap(look.language === 'zh' ? /申江水务/ : /Shenjiang Water/)
  await phone.type(words.add.numberLabel, '310407300')
  await picture(phone, 'add-number-typing')
  await phone.type(words.add.numberLabel, '310407300C')
  await picture(phone, 'add-number')
  await phone.tap(words.add.next)
  await picture(phone, 'add-challenge')
  await phone.type(words.add.answerLabel, '王')
  await phone.tap(words.add.confirm)
  await phone.sees(words.shell.consentTitle)
  await picture(phone, 'consent')
  await phone.tap(words.shell.agree)
  await phone.sees(look.language === 'zh' ? /对不上/ : /does not match/)
  await picture(phone, 'add-challenge-wrong')
  await phone.type(words.add.answerLabel, '兰')
  await phone.tap(words.add.confirm)
  await phone.sees(words.add.foundTitle)
  await picture(phone, 'add-name')
  await phone.putAway()
}

/** Twelve bills with long names. */
export async function walkTwelve({ look, phoneOf, picture }: Walk): Promise<void> {
  const words = wordsIn(look.language)
  const phone = await phoneOf('o-demo-many')
  await phone.seesButton(words.home.payAll(12))
  await picture(phone, 'home-twelve')
  await phone.tap(words.home.payAll(12))
  await phone.sees(words.pay.receipts(12))
  await picture(phone, 'pay-twelve')
  await phone.putAway()
}

/** A resident from home to the receipt, with what lies beside that way. */
export async function walkResident(walk: Walk): Promise<string> {
  const { look, phoneOf, picture } = walk
  const words = wordsIn(look.language)
  const phone = await phoneOf('o-demo-wang-fang')
  await phone.seesButton(words.home.payAll(5))
  await picture(phone, 'home')
  const power = look.language === 'zh' ? /电 · 京华供电/ : /电 · Jinghua Power/
  await phone.tap(power)
  await phone.sees(words.bill.why)
  await picture(phone, 'bill')
  await phone.tap(words.bill.account)
  await phone.sees(look.language === 'zh' ? /每月用电/ : /Power per month/)
  await picture(phone, 'account')
  await phone.back()
  await phone.back()
  await phone.tap(words.home.payAll(5))
  await phone.seesButton(words.pay.pay(fen(45_249)))
  await picture(phone, 'pay')
  await phone.tap(words.pay.pay(fen(45_249)))
  await phone.tap(words.shell.agree)
  await phone.seesOnSheet('立即支付')
  await picture(phone, 'wechat-sheet')
  await phone.onSheet('立即支付')
  await phone.sees(words.result.doneTitle(4, ''))
  await picture(phone, 'result')
  await phone.tap(words.result.seeReceipts(4))
  await phone.sees(words.receipt.end)
  await picture(phone, 'receipts')
  await phone.tap(look.language === 'zh' ? /京华供电/ : /Jinghua Power/)
  await phone.sees(words.receipt.scanThis)
  await picture(phone, 'receipt')
  const code = await phone.readCode()
  await phone.back()
  await phone.back()
  await phone.tap(words.result.toHome)
  await phone.sees(words.home.due(1, 1))
  await phone.airplane()
  await phone.pull()
  await phone.sees(look.language === 'zh' ? /没有网络/ : /No network/)
  await picture(phone, 'home-offline')
  await phone.airplane()
  await phone.tab(words.shell.tabs[1] ?? '')
  await phone.sees(look.language === 'zh' ? /2026 年 10 月/ : /October 2026/)
  await picture(phone, 'bills')
  await phone.tab(words.shell.tabs[2] ?? '')
  await phone.sees(words.me.sums(2, 6))
  await picture(phone, 'me')
  for (const [cell, name] of [
    [words.me.help, 'help'],
    [words.me.agreement, 'agreement'],
    [words.me.privacy, 'privacy'],
  ] as const) {
    await phone.tap(new RegExp(`^${cell}`))
    await picture(phone, name)
    await phone.back()
  }
  await phone.putAway()
  return code
}

/** Money on its way: WeChat not yet sure, then a company that does not answer. */
export async function walkTrouble({ look, phoneOf, picture }: Walk): Promise<void> {
  const words = wordsIn(look.language)
  const phone = await phoneOf('o-demo-sister')
  await phone.beside.billers('down', true)
  await phone.beside.weChatPay('noticeLost', true)
  await phone.tap(words.home.payAll(2))
  await phone.tap(words.pay.pay(fen(33_565)))
  await phone.tap(words.shell.agree)
  await phone.seesOnSheet('取消')
  await phone.onSheet('取消')
  await phone.sees(words.result.openTitle)
  await picture(phone, 'result-open')
  await phone.tap(words.result.continuePaying(fen(33_565)))
  await phone.seesOnSheet('立即支付')
  await phone.beside.weChatPay('serverError', true)
  await phone.onSheet('立即支付')
  await phone.sees(words.result.waitingTitle)
  await picture(phone, 'result-unknown')
  await phone.beside.weChatPay('serverError', false)
  await phone.sees(words.result.postingTitle)
  await picture(phone, 'result-posting')
  await phone.beside.minutesLater()
  await phone.beside.minutesLater()
  await phone.sees(words.result.lateBold.trim())
  await picture(phone, 'result-late')
  await phone.putAway()
}

/** A clerk: a genuine receipt, a foreign code, and without network. */
export async function walkClerk({ look, phoneOf, picture }: Walk, code: string): Promise<void> {
  const words = wordsIn(look.language)
  const phone = await phoneOf('o-demo-clerk-jinghua')
  await phone.tab(words.shell.tabs[2] ?? '')
  await phone.tap(new RegExp(`^${words.me.desk}`))
  await phone.sees(words.clerk.startTitle)
  await picture(phone, 'clerk-check')
  await phone.holdCode(() => phone.tap(words.clerk.scan), code)
  await phone.sees(words.clerk.verdicts.posted?.[1] ?? '')
  await picture(phone, 'clerk-posted')
  await phone.tap(words.clerk.eight)
  await phone.sees(words.clerk.onReceipt)
  await picture(phone, 'clerk-eight')
  await phone.back()
  await phone.holdCode(() => phone.tap(words.clerk.scanNext), 'https://example.com/not-ours')
  await phone.sees(words.clerk.verdicts.foreign?.[1] ?? '')
  await picture(phone, 'clerk-foreign')
  await phone.airplane()
  await phone.holdCode(() => phone.tap(words.clerk.scanAgain), code)
  await phone.sees(words.clerk.verdicts.offline?.[1] ?? '')
  await picture(phone, 'clerk-offline')
  await phone.putAway()
}
