import { encode } from 'uqr'
import type { ReplyOf } from '../../../../contract/call'
import type { getReceipt } from '../../../../contract/get-receipt'
import { maskNumber } from '../../../../core/masking'
import { formatYuan } from '../../../../core/money'
import type { RECEIPT_WORDS } from '../../../client/words/receipt'
import { receiptRows } from './receipt-rows'

type Receipt = ReplyOf<typeof getReceipt>
type Words = (typeof RECEIPT_WORDS)['zh']
/** What a picture is painted with: the same on a phone and in a browser. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  'fillStyle' | 'font' | 'textAlign' | 'fillRect' | 'fillText' | 'measureText'
>
export type Picture = { width: number; height: number; paint: (pen: Pen) => void }

const WIDTH = 750
const EDGE = 56
const ROW = 60
const CODE = 420
const ROWS_FROM = 900
const INK = '#17191b'
const GREY = '#5c6166'

/** What may be shown to others: of every number the last four. */
export function maskedReceipt(receipt: Receipt): Receipt {
  return {
    ...receipt,
    accountNumber: maskNumber(receipt.accountNumber),
    transactionId: maskNumber(receipt.transactionId),
    paymentId: maskNumber(receipt.paymentId),
  }
}

/** A receipt as one picture, black on white: what it is for, its code, every field. */
export function receiptPicture(receipt: Receipt, what: string, words: Words): Picture {
  const rows = receiptRows(receipt, words)
  return {
    width: WIDTH,
    height: ROWS_FROM + rows.length * ROW + 120,
    paint: (pen) => {
      pen.fillStyle = '#ffffff'
      pen.fillRect(0, 0, WIDTH, ROWS_FROM + rows.length * ROW + 120)
      centred(pen, words.heading, 76, 38, INK, 'bold')
      centred(pen, words.notInvoice, 118, 26, GREY)
      centred(pen, `¥${formatYuan(receipt.amount)}`, 212, 76, INK, 'bold')
      centred(pen, what, 268, 28, GREY)
      paintCode(pen, receipt.code, 308)
      centred(pen, receipt.receiptNumber, 784, 32, INK, 'bold')
      centred(pen, words.scanThis, 828, 26, GREY)
      pen.fillStyle = '#d9dcdf'
      pen.fillRect(EDGE, 856, WIDTH - EDGE * 2, 2)
      for (const [index, row] of rows.entries()) {
        const y = ROWS_FROM + 28 + index * ROW
        text(pen, row.name, EDGE, y, { size: 28, colour: GREY, align: 'left' })
        text(pen, row.value, WIDTH - EDGE, y, { size: 28, colour: INK, align: 'right' })
      }
      centred(pen, words.made, ROWS_FROM + rows.length * ROW + 68, 24, GREY)
    },
  }
}

function centred(
  pen: Pen,
  line: string,
  y: number,
  size: number,
  colour: string,
  weight = 'normal',
): void {
  text(pen, line, WIDTH / 2, y, { size, colour, align: 'center', weight })
}

/** One line; a long one is set smaller until it fits, never cut. */
function text(
  pen: Pen,
  line: string,
  x: number,
  y: number,
  look: { size: number; colour: string; align: 'left' | 'center' | 'right'; weight?: string },
): void {
  const room = look.align === 'center' ? WIDTH - EDGE * 2 : 470
  pen.fillStyle = look.colour
  pen.textAlign = look.align
  pen.font = font(look.size, look.weight)
  const width = pen.measureText(line).width
  if (width > room) pen.font = font(Math.floor((look.size * room) / width), look.weight)
  pen.fillText(line, x, y)
}

function font(size: number, weight = 'normal'): string {
  return `${weight} ${size}px sans-serif`
}

function paintCode(pen: Pen, code: string, top: number): void {
  const { data, size } = encode(code, { ecc: 'Q', border: 2 })
  const module = Math.floor(CODE / size)
  const left = Math.floor((WIDTH - module * size) / 2)
  pen.fillStyle = '#000000'
  for (const [y, row] of data.entries()) {
    for (const [x, dark] of row.entries()) {
      if (dark) pen.fillRect(left + x * module, top + y * module, module, module)
    }
  }
}
