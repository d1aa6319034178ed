import { beijingTime, type DayEntry, yuan } from './day-books'

/** WeChat's files: UTF-8 with a byte order mark, CRLF, a backtick before every field of a data line. */
const BOM = '\uFEFF'
const line = (fields: readonly (string | number)[]): string =>
  fields.map((field) => `\`${field}`).join(',')

const TRADE_HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const TRADE_SUMS =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
const FLOW_HEADER =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'
const FLOW_SUMS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额'

/** The trade file (bill type ALL) of a day's entries; `sumOff` fen are added to what it sums up. */
export function tradeFileOf(entries: readonly DayEntry[], sumOff = 0): string {
  const sums = { settled: sumOff, refunded: 0, fee: 0 }
  const lines = entries.map((entry) => {
    const { order, share, refund, amount } = entry
    const fee = refund === undefined ? entry.fee : -entry.fee
    sums.fee += fee
    if (refund === undefined) sums.settled += amount
    else sums.refunded += amount
    const { appid, mchid, subMerchants } = order.merchant
    const paid = refund === undefined ? amount : 0
    return line([
      beijingTime(entry.at),
      appid,
      mchid,
      subMerchants === undefined ? 0 : share.payee,
      '',
      share.transactionId ?? '',
      share.number,
      order.openid,
      'JSAPI',
      refund === undefined ? 'SUCCESS' : 'REFUND',
      'OTHERS',
      'CNY',
      yuan(paid),
      yuan(refund === undefined ? (share.coupon ?? 0) : 0),
      refund?.id ?? 0,
      refund?.number ?? 0,
      yuan(refund === undefined ? 0 : amount),
      '0.00',
      refund === undefined ? '' : 'ORIGINAL',
      refund === undefined ? '' : 'PROCESSING',
      order.description,
      share.attach ?? '',
      `${yuan(fee)}000`,
      `${((order.merchant.feePerMillion ?? 0) / 10_000).toFixed(2)}%`,
      yuan(paid),
      yuan(refund === undefined ? 0 : amount),
      '',
    ])
  })
  const total = line([
    entries.length,
    yuan(sums.settled),
    yuan(sums.refunded),
    '0.00',
    `${yuan(sums.fee)}000`,
    yuan(sums.settled),
    yuan(sums.refunded),
  ])
  return `${BOM}${[TRADE_HEADER, ...lines, TRADE_SUMS, total].join('\r\n')}\r\n`
}

type Flow = { at: number; number: string; type: string; isIn: boolean; amount: number }

/** The fund flow of a day's entries: each payment and refund, and its fee; from an opening balance on. */
export function fundFlowFileOf(entries: readonly DayEntry[], opening = 0): string {
  const flows = entries.flatMap(flowsOf)
  let balance = opening
  const sums = { ins: 0, inFen: 0, outs: 0, outFen: 0 }
  const lines = flows.map(({ at, number, type, isIn, amount }, index) => {
    balance += isIn ? amount : -amount
    sums[isIn ? 'ins' : 'outs'] += 1
    sums[isIn ? 'inFen' : 'outFen'] += amount
    const serial = `flow${at}${String(index).padStart(7, '0')}`
    const direction = isIn ? '收入' : '支出'
    return line([
      beijingTime(at),
      number,
      serial,
      type,
      type,
      direction,
      yuan(amount),
      yuan(balance),
      'system',
      '',
      number,
    ])
  })
  const total = line([
    `${flows.length}.0`,
    `${sums.ins}.0`,
    yuan(sums.inFen),
    `${sums.outs}.0`,
    yuan(sums.outFen),
  ])
  return `${BOM}${[FLOW_HEADER, ...lines, FLOW_SUMS, total].join('\r\n')}\r\n`
}

function flowsOf({ at, share, refund, trueAmount, fee }: DayEntry): Flow[] {
  const isPayment = refund === undefined
  const number = refund?.id ?? share.transactionId ?? ''
  const moved = {
    at,
    number,
    type: isPayment ? '交易' : '退款',
    isIn: isPayment,
    amount: trueAmount,
  }
  if (fee === 0) return [moved]
  const type = isPayment ? '扣除交易手续费' : '退回交易手续费'
  return [moved, { at, number, type, isIn: !isPayment, amount: fee }]
}
