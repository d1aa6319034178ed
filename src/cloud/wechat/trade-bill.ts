import type { Characters, LineTaker, TradeLine } from '../../core/file-line'
import type { TradeRow } from '../../core/reconciliation'
import type { Instant } from '../../core/time'
import type { Cell } from '../files/cell'
import type { CellsOf, TableReader } from './bill-file'
import { checkSums, countOf, fenOf, millsOf, momentReader } from './bill-values'
import { badRow, RefusedFile } from './refused-file'

const COLUMNS = {
  at: '交易时间',
  merchant: '商户号',
  sub: '特约商户号',
  transaction: '微信订单号',
  order: '商户订单号',
  state: '交易状态',
  currency: '货币种类',
  settled: '应结订单金额',
  wechatRefund: '微信退款单号',
  refund: '商户退款单号',
  refunded: '退款金额',
  fee: '手续费',
  ordered: '订单金额',
  asked: '申请退款金额',
} as const
const SUMS = {
  count: '总交易单数',
  settled: '应结订单总金额',
  refunded: '退款总金额',
  fee: '手续费总金额',
  ordered: '订单总金额',
  asked: '申请退款总金额',
} as const

/** Whose file it is: a merchant of its own, or a sub-merchant of a service provider. */
export type FileOwner = { mchid: string; subMchid?: string | undefined }

/**
 * Reads the table of a trade file (bill type ALL), column by column by name, checks that each row is
 * this payee's and that the last line sums up what was read. pay.weixin.qq.com, 申请交易账单
 */
export function tradeTable(
  owner: FileOwner,
  taker: LineTaker<TradeLine>,
): { table: TableReader<typeof COLUMNS, typeof SUMS>; count: () => number } {
  const read = { count: 0, settled: 0, refunded: 0, fee: 0, ordered: 0, asked: 0 }
  let line: CutLine | undefined

  const row = (cells: TradeCells): void => {
    checkOwner(owner, cells)
    line ??= new CutLine(cells)
    line.read()
    read.count += 1
    read[line.isRefund ? 'refunded' : 'settled'] += line.settled
    read[line.isRefund ? 'asked' : 'ordered'] += line.amount
    read.fee += line.feeMills
    taker.line(line)
  }
  const summary = (cells: CellsOf<typeof SUMS>): void => {
    const told = {
      count: countOf(cells.count),
      settled: fenOf(cells.settled),
      refunded: fenOf(cells.refunded),
      fee: millsOf(cells.fee),
      ordered: fenOf(cells.ordered),
      asked: fenOf(cells.asked),
    }
    checkSums(told, read)
  }
  const table = { columns: COLUMNS, row, sums: SUMS, summary, pause: () => taker.pause() }
  return { table, count: () => read.count }
}

type TradeCells = CellsOf<typeof COLUMNS>

/** What stands in the cells of the line that is being read. */
class CutLine implements TradeLine {
  isRefund = false
  number: Characters = ''
  theirs: Characters = ''
  amount = 0
  settled = 0
  feeMills = 0
  private at: Instant = 0
  private readonly momentOf = momentReader()

  constructor(private readonly cells: TradeCells) {}

  read(): void {
    const { state, currency, order, transaction, settled, refunded, ordered, asked, fee, at } =
      this.cells
    if (!currency.is('CNY')) throw badRow(currency)
    this.isRefund = state.is('REFUND') || state.is('REVOKED')
    if (!this.isRefund && !state.is('SUCCESS')) throw badRow(state)
    if (order.length === 0 || transaction.length === 0)
      throw new RefusedFile('bad-row', 'a row without its numbers')
    this.number = this.isRefund ? refundNumber(this.cells) : order
    this.theirs = this.isRefund ? order : transaction
    this.amount = fenOf(this.isRefund ? asked : ordered)
    this.settled = fenOf(this.isRefund ? refunded : settled)
    this.feeMills = millsOf(fee)
    this.at = this.momentOf(at)
  }

  row(): TradeRow {
    const { order, transaction, wechatRefund } = this.cells
    const { isRefund, amount, settled, feeMills, at } = this
    return {
      orderNumber: order.text(),
      transactionId: transaction.text(),
      refundNumber: isRefund ? textOf(refundNumber(this.cells)) : '',
      wechatRefundId: isRefund ? wechatRefund.text() : '',
      ...{ amount, settled, feeMills, at },
    }
  }
}

/** A code payment that was taken back has no refund number: WeChat's own stands for it. */
function refundNumber({ refund, wechatRefund }: TradeCells): Cell | string {
  const hasNone = refund.length === 0 || refund.is('0')
  return hasNone ? `revoked-${wechatRefund.text()}` : refund
}

function textOf(number: Cell | string): string {
  return typeof number === 'string' ? number : number.text()
}

/** A file of somebody else's would make every payment a difference. */
function checkOwner({ mchid, subMchid }: FileOwner, { merchant, sub }: TradeCells): void {
  const isDirect = subMchid === undefined && (sub.is('0') || sub.length === 0)
  const isSub = subMchid !== undefined && sub.is(subMchid)
  if (!merchant.is(mchid) || !(isDirect || isSub))
    throw new RefusedFile('bad-row', `a row of ${merchant.text()}/${sub.text()}`)
}
