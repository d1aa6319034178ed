import { groupDigits } from '../../../src/core/masking'
import { fen } from '../../../src/core/money'
import { RECEIPT_WORDS } from '../../../src/miniapp/client/words/receipt'
import type { Pen } from '../../../src/miniapp/packages/receipt/receipt/pen'
import {
  maskedReceipt,
  type Picture,
  receiptPicture,
} from '../../../src/miniapp/packages/receipt/receipt/receipt-picture'
import { aReceiptReply } from '../../support/list-replies'

type Box = { left: number; right: number; top: number; bottom: number }
type Written = Box & { text: string; size: number }

const WIDE = /[\u2e80-\uffff]/

/** A pen that notes where everything lands; letters are as wide as in an ordinary sans-serif. */
function painted(picture: Picture): { texts: Written[]; boxes: Box[] } {
  const texts: Written[] = []
  const boxes: Box[] = []
  const sizeOf = () => Number(/(\d+)px/.exec(pen.font)?.[1])
  const widthOf = (text: string) =>
    [...text].reduce((sum, sign) => sum + sizeOf() * (WIDE.test(sign) ? 1 : 0.6), 0)
  const pen: Pen = {
    fillStyle: '',
    font: '',
    textAlign: 'left',
    measureText: (text) => ({ width: widthOf(text) }) as TextMetrics,
    fillRect: (left, top, width, height) => {
      boxes.push({ left, top, right: left + width, bottom: top + height })
    },
    fillText: (text, x, y) => {
      const width = widthOf(text)
      const left = { left: x, center: x - width / 2, right: x - width }[
        pen.textAlign as 'left' | 'center' | 'right'
      ]
      texts.push({ text, left, right: left + width, top: y - sizeOf(), bottom: y, size: sizeOf() })
    },
  }
  picture.paint(pen)
  return { texts, boxes }
}

const LONG = {
  legalName: '华北燕京城乡供水与污水处理集团有限责任公司',
  holder: '欧**',
  refunded: fen(24_565),
  lateFee: fen(9_999_99),
  printedAt: 1,
}
const overlap = (one: Box, other: Box) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom

describe.each(['zh', 'en'] as const)('the picture of a receipt in %s', (language) => {
  const words = RECEIPT_WORDS[language]
  const receipt = aReceiptReply(LONG)
  const what = `${LONG.legalName} · ${words.what(words.services.electricity, '2026 年 10 月')}`

  it.each([
    ['whole', receipt],
    ['masked', maskedReceipt(receipt)],
  ])('has every line inside its edges and none over another: %s', (_, shown) => {
    const picture = receiptPicture(shown, what, words)
    const { texts, boxes } = painted(picture)
    expect(texts.length).toBeGreaterThan(25)
    for (const { text, left, right, size } of texts) {
      expect({ text, isInside: left >= 40 && right <= picture.width - 40 }).toEqual({
        text,
        isInside: true,
      })
      expect({ text, isLegible: size >= 16 }).toEqual({ text, isLegible: true })
    }
    for (const [index, one] of texts.entries()) {
      const over = texts.slice(index + 1).filter((other) => overlap(one, other))
      expect({ text: one.text, over }).toEqual({ text: one.text, over: [] })
    }
    for (const box of [...texts, ...boxes]) {
      expect(box.top).toBeGreaterThanOrEqual(0)
      expect(box.bottom).toBeLessThanOrEqual(picture.height)
    }
  })

  it('masked, holds no whole number of account, order, payment or credit', () => {
    const { accountNumber, transactionId, paymentId, postingNumber = '' } = receipt
    const said = (shown: typeof receipt) =>
      painted(receiptPicture(shown, what, words))
        .texts.map(({ text }) => text)
        .join('\n')
    const [masked, whole] = [said(maskedReceipt(receipt)), said(receipt)]
    for (const number of [accountNumber, transactionId, paymentId].map(groupDigits)) {
      expect(whole).toContain(number)
      expect(masked).not.toContain(number)
      expect(masked).not.toContain(number.slice(0, 9))
    }
    expect(masked).not.toContain(postingNumber)
    expect(masked).toContain('3317')
    expect(masked).toContain(receipt.receiptNumber)
  })
})
