import { type Fen, formatYuan } from '../../../core/money'
import { counted } from './counted'

const zh = {
  title: '我',
  sums: (households: number, accounts: number) => `${households} 个家 · ${accounts} 个户号`,
  paid: (amount: Fen) => `今年在万家付了 ${formatYuan(amount)} 元`,
  receipts: '收据',
  sheets: (count: number) => `${count} 张`,
  knownAs: '家人看到我叫',
  unnamed: '还没起名字',
  knownAsTitle: '家人怎么称呼您？',
  knownAsNote: '您在付账单的时候，一起管这个户号的家人会看到这个名字。',
  save: '保存',
  cancel: '取消',
  care: '关怀模式',
  careNote: '大字、大按钮',
  language: '语言',
  languages: { follow: '跟随微信', zh: '中文', en: 'English' },
  theme: '深色',
  themes: { follow: '跟随系统', light: '浅色', dark: '深色' },
  help: '帮助和电话',
  agreement: '用户协议',
  privacy: '隐私政策',
  agreed: (version: string, date: string) => `${date}同意了 ${version} 版`,
  notAgreed: '还没同意',
  desk: '柜员台',
}

const en: typeof zh = {
  title: 'Me',
  sums: (households, accounts) =>
    `${counted(households, 'home')} · ${counted(accounts, 'account')}`,
  paid: (amount) => `${formatYuan(amount)} yuan paid with Wanjia this year`,
  receipts: 'Receipts',
  sheets: (count) => `${count}`,
  knownAs: 'Relatives know me as',
  unnamed: 'no name yet',
  knownAsTitle: 'What do relatives call you?',
  knownAsNote: 'Relatives who share an account see this name while you pay its bill.',
  save: 'Save',
  cancel: 'Cancel',
  care: 'Care mode',
  careNote: 'Large type, large buttons',
  language: 'Language',
  languages: { follow: 'As in WeChat', zh: '中文', en: 'English' },
  theme: 'Dark',
  themes: { follow: 'As the phone', light: 'Light', dark: 'Dark' },
  help: 'Help and phone numbers',
  agreement: 'User agreement',
  privacy: 'Privacy policy',
  agreed: (version, date) => `version ${version}, agreed on ${date}`,
  notAgreed: 'not agreed yet',
  desk: 'Clerk desk',
}

export const ME_WORDS = { zh, en }
