import type { Fen } from '../../../core/money'
import { formatYuan } from '../../../core/money'
import { counted } from './counted'

const zh = {
  title: '确认付款',
  payOne: '付给 1 家公司',
  paySome: (companies: number) => `付给 ${companies} 家公司，合计`,
  billOf: { water: '水费', electricity: '电费', gas: '燃气费' },
  what: (month: string, service: string) => `${month}${service}`,
  withLateFee: (fee: Fen) => `，含违约金 ${formatYuan(fee)}`,
  accountNumber: (number: string) => `户号 ${number}`,
  firstBold: '第一次给这个户号付款。',
  first: '看一眼户主和地址，是您要付的那家吗？',
  undo: (minutes: number) => `付完 ${minutes} 分钟内可以收回。`,
  receipts: (count: number): string =>
    count === 1 ? '付完出一张收据。不收手续费。' : '付一次，每张账单各出一张收据。不收手续费。',
  held: (until: string) => `点支付以后，账单为您留到 ${until}，家人会看到您在付。`,
  furtherBold: (payments: number) => `要分 ${payments} 次付。`,
  further: (now: number, later: number) =>
    `这几家公司不能合在一起收款。先付上面 ${now} 张，接着付其余 ${later} 张。`,
  laterTotal: (amount: Fen) => `其余账单，下一次付，共 ${formatYuan(amount)} 元`,
  leftTitle: '现在不能付的',
  notIncluded: '不算在合计里',
  resumeBold: '您有一笔没付完。',
  resume: (until: string) => `${until} 前可以接着付，还是同一笔，不会付两次。`,
  resumeButton: '接着付',
  pay: (amount: Fen) => `支付 ${formatYuan(amount)} 元`,
  paying: '正在打开微信支付',
  nothing: '没有要付的账单。',
  nothingHint: '账单可能刚刚付过了。回首页看看。',
  toHome: '回首页',
  retry: '再试一次',
  notSent:
    '手机记不下这笔付款，所以没有发出去，钱没有动。清出一点存储空间，再点支付。还不行，就关掉万家再打开。',
}

const en: typeof zh = {
  title: 'Confirm payment',
  payOne: 'To 1 company',
  paySome: (companies) => `To ${counted(companies, 'company', 'companies')}, together`,
  billOf: { water: 'water', electricity: 'power', gas: 'gas' },
  what: (month, service) => `${month}, ${service}`,
  withLateFee: (fee) => `, with late fee ${formatYuan(fee)}`,
  accountNumber: (number) => `Account ${number}`,
  firstBold: 'First payment to this account. ',
  first: 'Check holder and address: is it the one you mean?',
  undo: (minutes) => ` You can take it back within ${minutes} minutes after paying.`,
  receipts: (count) =>
    count === 1 ? 'You get a receipt. No fee.' : 'One payment, a receipt for each bill. No fee.',
  held: (until) =>
    `Once you tap pay, the bills are held for you until ${until}; your family sees that you are paying.`,
  furtherBold: (payments) => `This takes ${counted(payments, 'payment')}. `,
  further: (now, later) =>
    `These companies cannot be paid together. First the ${counted(now, 'bill')} above, then the other ${later}.`,
  laterTotal: (amount) => `The other bills, in the next payment: ${formatYuan(amount)}`,
  leftTitle: 'Cannot be paid now',
  notIncluded: 'not in the total',
  resumeBold: 'A payment of yours is not finished. ',
  resume: (until) =>
    `You can continue it until ${until}; it is the same payment, you will not pay twice.`,
  resumeButton: 'Continue paying',
  pay: (amount) => `Pay ${formatYuan(amount)}`,
  paying: 'Opening WeChat Pay',
  nothing: 'There is nothing to pay.',
  nothingHint: 'The bill may just have been paid. Look at the home page.',
  toHome: 'To the home page',
  retry: 'Try again',
  notSent:
    'The phone could not write this payment down, so nothing was sent and no money moved. Free some storage, then tap pay again. If that does not help, close Wanjia and open it again.',
}

export const PAY_WORDS = { zh, en }
