import type { CellsOf, TableReader } from './bill-file'
import { checkSums, countOf, fenOf } from './bill-values'
import { badRow, RefusedFile } from './refused-file'

/** What a day moved in a payee's wallet, by WeChat's business type; fen, what came in positive. */
export type FundFlow = {
  rows: number
  /** '交易', '退款', '扣除交易手续费', '退回交易手续费', '提现' and whatever else there is. */
  byType: Readonly<Record<string, number>>
}

const COLUMNS = {
  type: '业务类型',
  direction: '收支类型',
  amount: '收支金额(元)',
  balance: '账户结余(元)',
} as const
const SUMS = {
  count: '资金流水总笔数',
  ins: '收入笔数',
  inFen: '收入金额',
  outs: '支出笔数',
  outFen: '支出金额',
} as const
const IN = '收入'
const OUT = '支出'

/**
 * Reads the table of a fund-flow file: adds it up by business type, checks that each row's balance
 * follows from the one before, and that the last line sums up what was read. pay.weixin.qq.com, 申请资金账单
 */
export function fundFlowTable(): {
  table: TableReader<typeof COLUMNS, typeof SUMS>
  flow: () => FundFlow
} {
  const byType: Record<string, number> = {}
  const read = { count: 0, ins: 0, inFen: 0, outs: 0, outFen: 0 }
  let balance: number | undefined

  const row = (cells: CellsOf<typeof COLUMNS>): void => {
    const direction = cells.direction.text()
    if (direction !== IN && direction !== OUT) throw badRow(cells.direction)
    const amount = fenOf(cells.amount)
    const moved = direction === IN ? amount : -amount
    const after = fenOf(cells.balance)
    if (balance !== undefined && balance + moved !== after)
      throw new RefusedFile('bad-sum', `a balance of ${after} after ${balance} and ${moved}`)
    balance = after
    read.count += 1
    read[direction === IN ? 'ins' : 'outs'] += 1
    read[direction === IN ? 'inFen' : 'outFen'] += amount
    const type = cells.type.text()
    byType[type] = (byType[type] ?? 0) + moved
  }
  const summary = (cells: CellsOf<typeof SUMS>): void => {
    const told = {
      count: countOf(cells.count),
      ins: countOf(cells.ins),
      inFen: fenOf(cells.inFen),
      outs: countOf(cells.outs),
      outFen: fenOf(cells.outFen),
    }
    checkSums(told, read)
  }
  const table = { columns: COLUMNS, row, sums: SUMS, summary, pause: async () => undefined }
  return { table, flow: () => ({ rows: read.count, byType }) }
}
