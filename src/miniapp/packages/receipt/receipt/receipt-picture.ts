import type { ReplyOf } from '../../../../contract/call'
import type { getReceipt } from '../../../../contract/get-receipt'
import { maskNumber } from '../../../../core/masking'
import { formatYuan } from '../../../../core/money'
import type { RECEIPT_WORDS } from '../../../client/words/receipt'
import { type Line, type Pen, paintCode, writeLine } from './pen'
import { receiptRows } from './receipt-rows'

type Receipt = ReplyOf<typeof getReceipt>
type Words = (typeof RECEIPT_WORDS)['zh']
export type Picture = { width: number; height: number; paint: (pen: Pen) => void }

const WIDTH = 750
const EDGE = 56
const MIDDLE = WIDTH / 2
const CODE = { x: MIDDLE, top: 308, side: 420 }
const RULE = 856
const ROWS_FROM = 900
const ROW = 60
/** A row's name and value share the width between the edges, and never touch. */
const NAME_ROOM = 200
const VALUE_ROOM = WIDTH - EDGE * 2 - NAME_ROOM - 16
const INK = '#17191b'
const GREY = '#5c6166'

/** What may be shown to others: of every number the last four, but for the receipt's own. */
export function maskedReceipt(receipt: Receipt): Receipt {
  const { postingNumber } = receipt
  return {
    ...receipt,
    accountNumber: maskNumber(receipt.accountNumber),
    transactionId: maskNumber(receipt.transactionId),
    paymentId: maskNumber(receipt.paymentId),
    ...(postingNumber === undefined ? {} : { postingNumber: maskNumber(postingNumber) }),
  }
}

/** A receipt as one picture, black on white: what it is for, its code, every field. */
export function receiptPicture(receipt: Receipt, what: string, words: Words): Picture {
  const rows = receiptRows(receipt, words)
  const foot = ROWS_FROM + rows.length * ROW
  const height = foot + 120
  const lines = [
    centred(words.heading, 76, { size: 38, weight: 'bold' }),
    centred(words.notInvoice, 118, { size: 26, colour: GREY }),
    centred(`¥${formatYuan(receipt.amount)}`, 212, { size: 76, weight: 'bold' }),
    centred(what, 268, { size: 28, colour: GREY }),
    centred(receipt.receiptNumber, 784, { size: 32, weight: 'bold' }),
    centred(words.scanThis, 828, { size: 26, colour: GREY }),
    ...rows.flatMap((row, index) => rowLines(row, ROWS_FROM + 28 + index * ROW)),
    centred(words.made, foot + 68, { size: 24, colour: GREY }),
  ]
  return {
    width: WIDTH,
    height,
    paint: (pen) => {
      pen.fillStyle = '#ffffff'
      pen.fillRect(0, 0, WIDTH, height)
      paintCode(pen, receipt.code, CODE)
      pen.fillStyle = '#d9dcdf'
      pen.fillRect(EDGE, RULE, WIDTH - EDGE * 2, 2)
      for (const line of lines) writeLine(pen, line)
    },
  }
}

function centred(text: string, y: number, look: Partial<Line> & { size: number }): Line {
  return { text, x: MIDDLE, y, align: 'center', room: WIDTH - EDGE * 2, colour: INK, ...look }
}

function rowLines({ name, value }: { name: string; value: string }, y: number): Line[] {
  const size = 28
  return [
    { text: name, x: EDGE, y, align: 'left', room: NAME_ROOM, size, colour: GREY },
    { text: value, x: WIDTH - EDGE, y, align: 'right', room: VALUE_ROOM, size, colour: INK },
  ]
}
