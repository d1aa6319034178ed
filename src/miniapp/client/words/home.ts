import { type Fen, formatYuan } from '../../../core/money'
import { counted } from './counted'

const zh = {
  title: '万家',
  due: (households: number, bills: number) => `${households} 家待缴，共 ${bills} 笔`,
  overdue: (bills: number, days: number) => `${bills} 笔逾期，最久 ${days} 天`,
  without: (who: string, amount: Fen) => `不含${who}在付的 ${formatYuan(amount)}`,
  withoutMine: (amount: Fen) => `不含您没付完的 ${formatYuan(amount)}`,
  relative: '另一位家人',
  payAll: (bills: number) => `一次缴清 ${bills} 笔`,
  payOne: (amount: Fen) => `支付 ${formatYuan(amount)} 元`,
  clear: (households: number) =>
    `${households === 1 ? '' : households === 2 ? '两家' : `${households} 家`}都缴清了`,
  next: (date: string, household: string, bill: string) =>
    `下一张：${date}左右，${household}的${bill}`,
  clearNote: '没有要付的账单。',
  nothingNow: '现在没有要付的',
  bills: { water: '水费', electricity: '电费', gas: '燃气费' },
  count: (bills: number) => `${bills} 笔待缴`,
  cleared: '已缴清',
  windows: (accounts: number, lit: number) => `${accounts} 个户号，${lit} 个已缴清`,
  balance: '余额，还没用的钱',
  suspended: '户号已停用，网上不能缴',
  latePosting: (label: string, amount: Fen, biller: string) =>
    `${label} ${formatYuan(amount)} 元已付，${biller}还没销账。不要再付。`,
  knownBy: (by: string) => `${by} 前有结果。`,
  spike: (label: string, percent: number) =>
    `${label}比去年同月多用了 ${percent}%，看看是不是漏了。`,
  more: (count: number) => `还有 ${count} 条`,
  unfinished: '有一笔付款还没确认。点这里看结果。',
  paidMeanwhile: (amount: Fen) => `刚才那笔 ${formatYuan(amount)} 元付好了，收据出了。点这里看。`,
  add: '加一个户号',
  emptyTitle: '先加一个户号',
  emptyText: '拿一张水、电或燃气的纸质账单，户号就印在上面。也可以扫账单上的条码。',
  emptyButton: '加户号',
  emptyScan: '扫账单',
  emptyWhere: '户号在哪里',
  sample: '样例',
  sampleName: '水 · 某某水务',
  sampleLabel: '一张样例账单，数字都遮住了',
  sampleNote: '加了户号，这里就是您家的账单。',
  sampleRows: [
    ['户号', '**** **** **'],
    ['用量', '** m³'],
    ['应缴', '**.** 元'],
    ['到期', '** 月 ** 日'],
  ] as readonly (readonly [string, string])[],
}

const en: typeof zh = {
  title: 'Wanjia',
  due: (households, bills) =>
    `${counted(bills, 'bill')} due in ${counted(households, 'household')}`,
  overdue: (bills, days) => `${bills} overdue, longest ${counted(days, 'day')}`,
  without: (who, amount) => `without ${formatYuan(amount)} that ${who} is paying`,
  withoutMine: (amount) => `without ${formatYuan(amount)} of your open payment`,
  relative: 'another family member',
  payAll: (bills) => `Pay all ${counted(bills, 'bill')}`,
  payOne: (amount) => `Pay ${formatYuan(amount)} yuan`,
  clear: () => 'Nothing due',
  next: (date, household, bill) => `Next bill around ${date}: ${household}, ${bill}`,
  clearNote: 'There are no bills to pay.',
  nothingNow: 'Nothing to pay now',
  bills: { water: 'water', electricity: 'power', gas: 'gas' },
  count: (bills) => `${bills} due`,
  cleared: 'Nothing due',
  windows: (accounts, lit) => `${counted(accounts, 'account')}, ${lit} with nothing due`,
  balance: 'balance left',
  suspended: 'Account suspended, cannot be paid online',
  latePosting: (label, amount, biller) =>
    `${label}: ${formatYuan(amount)} paid; ${biller} has not credited it yet. Do not pay again. `,
  knownBy: (by) => `Known by ${by}.`,
  spike: (label, percent) =>
    `${label}: ${percent} % more than this month last year. Could there be a leak?`,
  more: (count) => `${count} more`,
  unfinished: 'A payment is not confirmed yet. Tap to see how it stands.',
  paidMeanwhile: (amount) =>
    `Your payment of ${formatYuan(amount)} went through and the receipt is ready. Tap to see it.`,
  add: 'Add an account',
  emptyTitle: 'Add an account first',
  emptyText:
    'Take a paper bill for water, power or gas: the number is printed on it. Its bar code can be scanned, too.',
  emptyButton: 'Add an account',
  emptyScan: 'Scan a bill',
  emptyWhere: 'Where is the number?',
  sample: 'Sample',
  sampleName: 'Water · Some Water Company',
  sampleLabel: 'A sample bill with every figure masked',
  sampleNote: 'Once you have added an account, your own bill is here.',
  sampleRows: [
    ['Account', '**** **** **'],
    ['Used', '** m³'],
    ['Due', '**.**'],
    ['Due on', '** / **'],
  ],
}

export const HOME_WORDS = { zh, en }
