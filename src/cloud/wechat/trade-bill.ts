import { parseYuan } from '../../core/money'
import type { TradeRow } from '../../core/reconciliation'
import { type Instant, instantAt } from '../../core/time'
import { type Cells, RefusedFile, type TableReader } from './bill-file'

const COLUMNS = [
  '交易时间',
  '商户号',
  '特约商户号',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '货币种类',
  '应结订单金额',
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '手续费',
  '订单金额',
  '申请退款金额',
] as const
const SUMS = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
] as const

/** Whose file it is: a merchant of its own, or a sub-merchant of a service provider. */
export type FileOwner = { mchid: string; subMchid?: string | undefined }

/**
 * Reads the table of a trade file (bill type ALL), column by column by name, checks that each row is
 * this payee's and that the last line sums up what was read. pay.weixin.qq.com, 申请交易账单
 */
export function tradeTable(
  owner: FileOwner,
  take: (rows: TradeRow[]) => Promise<void>,
): { table: TableReader; count: () => number } {
  let piece: TradeRow[] = []
  let count = 0
  const momentOf = momentReader()
  const sums = { settled: 0, refunded: 0, fee: 0, ordered: 0, asked: 0 }

  const row = (fields: readonly string[]): void => {
    const [at, merchant, sub, transactionId, orderNumber, state, currency, ...more] =
      fields as Cells<typeof COLUMNS>
    const [settled, wechatRefundId, refundNumber, refunded, fee, ordered, asked] = more
    checkOwner(owner, merchant, sub)
    if (currency !== 'CNY') throw new RefusedFile('bad-row', currency)
    const isRefund = state === 'REFUND' || state === 'REVOKED'
    if (!isRefund && state !== 'SUCCESS') throw new RefusedFile('bad-row', state)
    const read: TradeRow = {
      orderNumber,
      transactionId,
      refundNumber: isRefund ? numberOf(refundNumber, wechatRefundId) : '',
      wechatRefundId: isRefund ? wechatRefundId : '',
      amount: fenOf(isRefund ? asked : ordered),
      settled: fenOf(isRefund ? refunded : settled),
      feeMills: millsOf(fee),
      at: momentOf(at),
    }
    if (orderNumber === '' || transactionId === '')
      throw new RefusedFile('bad-row', 'a row without its numbers')
    count += 1
    sums.fee += read.feeMills
    sums[isRefund ? 'refunded' : 'settled'] += read.settled
    sums[isRefund ? 'asked' : 'ordered'] += read.amount
    piece.push(read)
  }
  const flush = async (): Promise<void> => {
    const rows = piece
    piece = []
    if (rows.length > 0) await take(rows)
  }
  const summary = (fields: readonly string[]): void => {
    const [trades, settled, refunded, fee, ordered, asked] = fields as Cells<typeof SUMS>
    const told = {
      count: countOf(trades),
      settled: fenOf(settled),
      refunded: fenOf(refunded),
      fee: millsOf(fee),
      ordered: fenOf(ordered),
      asked: fenOf(asked),
    }
    const read = { count, ...sums }
    for (const name of Object.keys(told) as (keyof typeof told)[])
      if (told[name] !== read[name])
        throw new RefusedFile('bad-sum', `${name} is ${read[name]}, not ${told[name]}`)
  }
  return { table: { columns: COLUMNS, row, sums: SUMS, summary, flush }, count: () => count }
}

/** A file of somebody else's would make every payment a difference. */
function checkOwner({ mchid, subMchid }: FileOwner, merchant: string, sub: string): void {
  const isDirect = subMchid === undefined && merchant === mchid && (sub === '0' || sub === '')
  const isSub = subMchid !== undefined && merchant === mchid && sub === subMchid
  if (!isDirect && !isSub) throw new RefusedFile('bad-row', `a row of ${merchant}/${sub}`)
}

/** A code payment that was taken back has no refund number: WeChat's own stands for it. */
function numberOf(refundNumber: string, wechatRefundId: string): string {
  return refundNumber === '' || refundNumber === '0' ? `revoked-${wechatRefundId}` : refundNumber
}

/** '45' or '45.0': files write counts either way. */
export function countOf(text: string): number {
  if (!/^\d+(\.0+)?$/.test(text)) throw new RefusedFile('bad-row', `a count of ${text}`)
  return Number.parseInt(text, 10)
}

/** Yuan as the file writes them, in fen. */
export function fenOf(text: string): number {
  const amount = parseYuan(text)
  if (amount === null) throw new RefusedFile('bad-row', `an amount of ${text}`)
  return amount
}

/** Yuan with up to five decimals, in 1/1000 fen. */
export function millsOf(text: string): number {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,5}))?$/.exec(text)
  if (match === null) throw new RefusedFile('bad-row', `a fee of ${text}`)
  const [, sign, whole = '', decimals = ''] = match
  const mills = Number(whole) * 100_000 + Number(decimals.padEnd(5, '0'))
  return sign === '-' && mills !== 0 ? -mills : mills
}

/** Reads '2026-11-24 09:30:05' in Beijing's time. A file is of one day, so its midnight is kept. */
export function momentReader(): (text: string) => Instant {
  let day = ''
  let midnight: Instant = 0
  return (text) => {
    const match = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(text)
    if (match === null) throw new RefusedFile('bad-row', `a moment of ${text}`)
    const [, date = '', hours, minutes, seconds] = match
    if (date !== day) {
      day = date
      midnight = instantAt(day, '00:00')
    }
    return midnight + (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
  }
}
