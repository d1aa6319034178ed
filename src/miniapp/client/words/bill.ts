import { type Fen, formatYuan } from '../../../core/money'
import { counted } from './counted'

/** Chinese type keeps a space before digits. */
const spaced = (text: string) => (/^\d/.test(text) ? ` ${text}` : text)

const zh = {
  titles: { water: '水费账单', electricity: '电费账单', gas: '燃气费账单' },
  accountNumber: (number: string) => `户号 ${number}`,
  tomorrow: (today: Fen, next: Fen) => `今天付 ${formatYuan(today)}，明天付 ${formatYuan(next)}`,
  why: '为什么变了',
  more: (month: string) => `比${spaced(month)}多`,
  less: (month: string) => `比${spaced(month)}少`,
  same: (month: string) => `和${spaced(month)}一样`,
  lastYear: (month: string) => `去年 ${month}`,
  yuan: (amount: Fen) => `${formatYuan(amount)} 元`,
  usedMore: (quantity: string, unit: string) => `多用 ${quantity} ${unit}`,
  usedLess: (quantity: string, unit: string) => `少用 ${quantity} ${unit}`,
  intoTier: (quantity: string, unit: string, tier: string, dearer: string) =>
    `其中 ${quantity} ${unit}进${tier}，每${unit}贵 ${dearer}`,
  outOfTier: (tier: string) => `${tier}用得少了`,
  price: '价格变了',
  lateFeePart: '违约金',
  noEarlier: '还没有更早的账单可以比。',
  how: '怎么算的',
  tierParts: (parts: string[]) => parts.join('，'),
  bands: { peak: '峰', valley: '谷' },
  times: (quantity: string, unit: string, price: string) => `${quantity} ${unit} × ${price}`,
  principal: { water: '水费', electricity: '电费', gas: '燃气费' },
  item: (name: string) => name,
  lateFee: '违约金',
  lateFeeHow: (principal: Fen, rate: string, days: number) =>
    `${formatYuan(principal)} × 每天${rate} × ${days} 天`,
  rate: (perTenThousand: number) =>
    perTenThousand % 10 === 0
      ? `千分之${'一二三四五六七八九'[perTenThousand / 10 - 1] ?? perTenThousand / 10}`
      : `万分之${'一二三四五六七八九'[perTenThousand - 1] ?? perTenThousand}`,
  totals: {
    due: '应缴',
    paying: '应缴',
    unposted: '已付',
    posted: '已付',
    rejected: '付过，公司没收下',
    'paid-elsewhere': '账单金额，在别处付了',
    void: '已作废，不用付',
  },
  lateBold: '不要再付一次。',
  late: (name: string, by: string) =>
    `钱已付，${name}还没销账。最晚${spaced(by)} 有结果：要么销账，要么原路退回。`,
  overdue: (name: string, by: string) =>
    `钱已付，${name}本该在${spaced(by)} 前给结果，现在还没有。我们接着问，有结果就写在这里。`,
  posting: (name: string, by: string) =>
    `微信已收款，不用再付。等${name}销账，一般${spaced(by)} 前。`,
  rejectedBold: '先不要再付。',
  rejected: (name: string) => `${name}没有收这笔，钱自动原路退回。`,
  dates: '读数和日期',
  reading: (when: string) => `${when}读数`,
  actual: '实抄',
  estimated: '估抄',
  usage: '用量',
  period: '计费',
  periodText: (from: string, to: string) => `${from}到 ${to}`,
  issued: '出账',
  due: '到期',
  tariff: '资费（示例）',
  tariffOf: (biller: string, since: string) => `${biller}的资费，${since}起`,
  pay: (amount: Fen) => `支付 ${formatYuan(amount)} 元`,
  seeReceipt: '看收据',
  seePayment: '看钱到哪了',
  resume: '接着付',
  account: '看这个户号',
  help: '账单有问题',
}

/** Parts of a price as published tariffs name them. */
const ITEMS: Partial<Record<string, string>> = {
  水费: 'Water',
  电费: 'Power',
  燃气费: 'Gas',
  水资源费: 'Water resources',
  污水处理费: 'Sewage',
}

const en: typeof zh = {
  titles: { water: 'Water bill', electricity: 'Power bill', gas: 'Gas bill' },
  accountNumber: (number) => `Account ${number}`,
  tomorrow: (today, next) => `${formatYuan(today)} today, ${formatYuan(next)} tomorrow`,
  why: 'Why it changed',
  more: (month) => `More than ${month}`,
  less: (month) => `Less than ${month}`,
  same: (month) => `The same as ${month}`,
  lastYear: (month) => `${month} last year`,
  yuan: (amount) => formatYuan(amount),
  usedMore: (quantity, unit) => `${quantity} ${unit} more`,
  usedLess: (quantity, unit) => `${quantity} ${unit} less`,
  intoTier: (quantity, unit, tier, dearer) =>
    `${quantity} ${unit} of them in ${tier.toLowerCase()}, ${dearer} dearer each`,
  outOfTier: (tier) => `Less in ${tier.toLowerCase()}`,
  price: 'The price changed',
  lateFeePart: 'Late fee',
  noEarlier: 'No earlier bill to compare with yet.',
  how: 'How it is computed',
  tierParts: (parts) => parts.join(', '),
  bands: { peak: 'peak', valley: 'off-peak' },
  times: (quantity, unit, price) => `${quantity} ${unit} × ${price}`,
  principal: { water: 'Water', electricity: 'Power', gas: 'Gas' },
  item: (name) => ITEMS[name] ?? name,
  lateFee: 'Late fee',
  lateFeeHow: (principal, rate, days) =>
    `${formatYuan(principal)} × ${rate} a day × ${counted(days, 'day')}`,
  rate: (perTenThousand) => `${perTenThousand / 100} %`,
  totals: {
    due: 'Due',
    paying: 'Due',
    unposted: 'Paid',
    posted: 'Paid',
    rejected: 'Paid, not accepted',
    'paid-elsewhere': 'Bill amount, paid elsewhere',
    void: 'Void, nothing to pay',
  },
  lateBold: 'Do not pay again. ',
  late: (name, by) =>
    `Paid; ${name} has not credited it yet. By ${by} at the latest it is either credited or refunded.`,
  overdue: (name, by) =>
    `Paid; ${name} should have answered by ${by} and has not yet. We keep asking; the answer will be written here.`,
  posting: (name, by) =>
    `WeChat has the money; nothing more to pay. ${name} usually credits it by ${by}.`,
  rejectedBold: 'Do not pay again for now. ',
  rejected: (name) => `${name} did not accept it. The money is refunded automatically.`,
  dates: 'Readings and dates',
  reading: (when) => `Reading of ${when}`,
  actual: 'read',
  estimated: 'estimated',
  usage: 'Used',
  period: 'Period',
  periodText: (from, to) => `${from} to ${to}`,
  issued: 'Issued',
  due: 'Due',
  tariff: 'Tariff (sample)',
  tariffOf: (biller, since) => `${biller}, since ${since}`,
  pay: (amount) => `Pay ${formatYuan(amount)}`,
  seeReceipt: 'See the receipt',
  seePayment: 'Where the money is',
  resume: 'Continue paying',
  account: 'See this account',
  help: 'Something is wrong',
}

export const BILL_WORDS = { zh, en }
