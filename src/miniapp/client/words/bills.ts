import { type Fen, formatYuan } from '../../../core/money'
import { counted } from './counted'

/** What all bills of a month come to. */
type Sums = { count: number; due: Fen; paid: Fen }

const zh = {
  title: '账单',
  all: '全部',
  services: { water: '水', electricity: '电', gas: '燃气' },
  states: { all: '全部', due: '没缴的', paid: '缴过的' },
  sums: ({ count, due, paid }: Sums) =>
    joined([
      `${count} 张`,
      due === 0 ? '' : `应缴 ${formatYuan(due)}`,
      paid === 0 ? '' : `已付 ${formatYuan(paid)}`,
    ]),
  oneAccount: '一个户号',
  only: (name: string) => `只看 ${name} ✕`,
  showAll: (name: string) => `只看 ${name}，点一下看全部账单`,
  name: (household: string, label: string) => `${household} · ${label}`,
  noneTitle: '还没有账单',
  none: '加一个户号，账单就在这里。',
  noneHere: '没有这样的账单。换一个条件看看。',
  add: '加户号',
  more: '正在取更早的账单',
  end: '没有更早的了',
  newest: '回到最新的账单',
}

const en: typeof zh = {
  title: 'Bills',
  all: 'All',
  services: { water: 'Water', electricity: 'Power', gas: 'Gas' },
  states: { all: 'All', due: 'Not paid', paid: 'Paid' },
  sums: ({ count, due, paid }) =>
    joined([
      counted(count, 'bill'),
      due === 0 ? '' : `due ${formatYuan(due)}`,
      paid === 0 ? '' : `paid ${formatYuan(paid)}`,
    ]),
  oneAccount: 'one account',
  only: (name) => `Only ${name} ✕`,
  showAll: (name) => `Only ${name}, tap to show all bills`,
  name: (household, label) => `${household} · ${label}`,
  noneTitle: 'No bills yet',
  none: 'Add an account, and its bills are here.',
  noneHere: 'No such bills. Try another filter.',
  add: 'Add an account',
  more: 'Getting earlier bills',
  end: 'No earlier ones',
  newest: 'Back to the newest bills',
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ')
}

export const BILLS_WORDS = { zh, en }
