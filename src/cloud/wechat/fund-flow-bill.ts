import { type Cells, RefusedFile, type TableReader } from './bill-file'
import { countOf, fenOf } from './trade-bill'

/** What a day moved in a payee's wallet, by WeChat's business type; fen, what came in positive. */
export type FundFlow = {
  rows: number
  /** '交易', '退款', '扣除交易手续费', '退回交易手续费', '提现' and whatever else there is. */
  byType: Readonly<Record<string, number>>
}

const COLUMNS = ['业务类型', '收支类型', '收支金额(元)', '账户结余(元)'] as const
const SUMS = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额'] as const
const IN = '收入'
const OUT = '支出'

/**
 * Reads the table of a fund-flow file: adds it up by business type, checks that each row's balance
 * follows from the one before, and that the last line sums up what was read. pay.weixin.qq.com, 申请资金账单
 */
export function fundFlowTable(): { table: TableReader; flow: () => FundFlow } {
  const byType: Record<string, number> = {}
  const read = { count: 0, ins: 0, inFen: 0, outs: 0, outFen: 0 }
  let balance: number | undefined

  const row = (fields: readonly string[]): void => {
    const [type, direction, amountText, balanceText] = fields as Cells<typeof COLUMNS>
    if (direction !== IN && direction !== OUT) throw new RefusedFile('bad-row', direction)
    const amount = fenOf(amountText)
    const moved = direction === IN ? amount : -amount
    const after = fenOf(balanceText)
    if (balance !== undefined && balance + moved !== after)
      throw new RefusedFile('bad-sum', `a balance of ${after} after ${balance} and ${moved}`)
    balance = after
    read.count += 1
    read[direction === IN ? 'ins' : 'outs'] += 1
    read[direction === IN ? 'inFen' : 'outFen'] += amount
    byType[type] = (byType[type] ?? 0) + moved
  }
  const summary = (fields: readonly string[]): void => {
    const [count, ins, inAmount, outs, outAmount] = fields as Cells<typeof SUMS>
    const isRight =
      countOf(count) === read.count &&
      countOf(ins) === read.ins &&
      fenOf(inAmount) === read.inFen &&
      countOf(outs) === read.outs &&
      fenOf(outAmount) === read.outFen
    if (!isRight) throw new RefusedFile('bad-sum', fields.join(' '))
  }
  const table = { columns: COLUMNS, row, sums: SUMS, summary, flush: async () => undefined }
  return { table, flow: () => ({ rows: read.count, byType }) }
}
