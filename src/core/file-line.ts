import type { TradeRow } from './reconciliation'

/** Characters, wherever they lie: a text has them, and so have the bytes of a file. */
export type Characters = { readonly length: number; charCodeAt(at: number): number }

/**
 * What a line of a daily file says while it is read: of what, the other side's number of it, and how much in fen. The
 * next line takes its place; `row` is what stays of it.
 */
export type FileLine<Row> = {
  readonly number: Characters
  readonly theirs: Characters
  readonly amount: number
  row(): Row
}

/** A payment by its order and its transaction, or a refund by its number and its order. */
export type TradeLine = FileLine<TradeRow> &
  Pick<TradeRow, 'settled' | 'feeMills'> & { readonly isRefund: boolean }

/** Takes the lines of a file as they come. */
export type LineTaker<Line> = {
  line(line: Line): void
  /** After some lines: what is kept of them may be written away. */
  pause(): Promise<void>
}
