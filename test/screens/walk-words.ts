import { ACCOUNT_WORDS } from '../../src/miniapp/client/words/account'
import { ADD_WORDS } from '../../src/miniapp/client/words/add'
import { BILL_WORDS } from '../../src/miniapp/client/words/bill'
import { BILLS_WORDS } from '../../src/miniapp/client/words/bills'
import { CLERK_WORDS } from '../../src/miniapp/client/words/clerk'
import { HELP_WORDS } from '../../src/miniapp/client/words/help'
import { HOME_WORDS } from '../../src/miniapp/client/words/home'
import { ME_WORDS } from '../../src/miniapp/client/words/me'
import { PAY_WORDS } from '../../src/miniapp/client/words/pay'
import { RECEIPT_WORDS } from '../../src/miniapp/client/words/receipt'
import { RESULT_WORDS } from '../../src/miniapp/client/words/result'
import { SHELL_WORDS } from '../../src/miniapp/client/words/shell'

const ALL_WORDS = {
  account: ACCOUNT_WORDS,
  add: ADD_WORDS,
  bill: BILL_WORDS,
  bills: BILLS_WORDS,
  clerk: CLERK_WORDS,
  help: HELP_WORDS,
  home: HOME_WORDS,
  me: ME_WORDS,
  pay: PAY_WORDS,
  receipt: RECEIPT_WORDS,
  result: RESULT_WORDS,
  shell: SHELL_WORDS,
  /** What the demo and WeChat's sheet say. */
  stand: {
    zh: {
      jinghua: '京华供电',
      shenjiang: '申江水务',
      liuzhen: '柳镇自来水',
      power: '电 · 京华供电',
      payNow: '立即支付',
      cancel: '取消',
    },
    en: {
      jinghua: 'Jinghua Power',
      shenjiang: 'Shenjiang Water',
      liuzhen: 'Liuzhen Water',
      power: '电 · Jinghua Power',
      payNow: 'Pay now',
      cancel: 'Cancel',
    },
  },
}

export type WalkWords = { [Name in keyof typeof ALL_WORDS]: (typeof ALL_WORDS)[Name]['zh'] }

export function wordsIn(language: 'zh' | 'en'): WalkWords {
  return Object.fromEntries(
    Object.entries(ALL_WORDS).map(([name, words]) => [name, words[language]]),
  ) as WalkWords
}

/** A button or line that begins with these words. */
export function beginning(words: string): RegExp {
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
}
