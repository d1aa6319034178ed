import type { CheckedReceipt } from '../../../../contract/check-receipt'
import type { PublicBiller } from '../../../../contract/list-billers'
import { sumFen } from '../../../../core/money'
import type { ReceiptBody } from '../../../../core/receipt/receipt-body'
import { clockSecondsOf, clockTimeOf, dateOf, type Instant } from '../../../../core/time'
import type { CLERK_WORDS } from '../../../client/words/clerk'
import type { Checked } from '../checked'

type ClerkWords = (typeof CLERK_WORDS)['zh']
type Row = { name: string; value: string; big?: boolean }

type Saying = {
  language: 'zh' | 'en'
  words: ClerkWords
  /** The biller behind an id, from what the phone keeps. */
  billerOf: (billerId: string) => Pick<PublicBiller, 'names' | 'service'> | undefined
}

/** The facts under a verdict. */
export function verdictRows(checked: Checked, saying: Saying): Row[] {
  const { words, language } = saying
  if (checked.kind === 'foreign') return foreignRows(checked.scanned, checked.why, words)
  if (checked.kind === 'offline') return signedRows(checked.signed, saying)
  const { receipt, why, asOf } = checked.reply
  if (receipt === undefined) return foreignRows(checked.scanned, why ?? 'foreign', words)
  return [
    { ...amountRow(receipt, words), big: true },
    { name: words.account, value: `…${receipt.accountTail} · ${receipt.holder}` },
    {
      name: words.period,
      value: `${receipt.billerName[language]} · ${words.services[receipt.service]} ${receipt.month}`,
    },
    receipt.postedAt === undefined
      ? { name: words.wechat, value: shortMoment(receipt.paidAt) }
      : { name: words.posted, value: shortMoment(receipt.postedAt) },
    ...afterwards(receipt, asOf, words),
  ]
}

function amountRow({ refunded, amount, postedAt }: CheckedReceipt, words: ClerkWords): Row {
  if (refunded > 0) return { name: words.refund, value: words.amount(refunded) }
  const name = postedAt === undefined ? words.taken : words.paid
  return { name, value: words.amount(amount) }
}

/** What is awaited, and what happened since: refund and print. */
function afterwards(receipt: CheckedReceipt, asOf: Instant, words: ClerkWords): Row[] {
  const at = clockTimeOf(asOf)
  if (receipt.finalBy !== undefined) {
    const by = `${dateOf(receipt.finalBy).slice(5)} ${clockTimeOf(receipt.finalBy)}`
    const { undoUntil } = receipt
    return [
      ...(undoUntil === undefined
        ? []
        : [{ name: words.undoable, value: words.undoUntil(clockTimeOf(undoUntil)) }]),
      { name: words.latest, value: receipt.finalBy < asOf ? words.overdue(by) : by },
    ]
  }
  const isReturning = receipt.duplicate || ['rejected', 'undone'].includes(receipt.state)
  if (isReturning && receipt.refunded === 0) {
    return [{ name: words.refund, value: words.notRefunded(at) }]
  }
  if (receipt.printedAt !== undefined) {
    const when = shortMoment(receipt.printedAt)
    return [{ name: words.printed, value: words.printedBy(when, receipt.printedBy ?? '') }]
  }
  return receipt.refunded > 0 ? [] : [{ name: words.refundedOrPrinted, value: words.neither(at) }]
}

/** What the phone reads off the code by itself. The company is told after the signing. */
function signedRows(signed: ReceiptBody, { language, words, billerOf }: Saying): Row[] {
  const biller = billerOf(signed.billerId)
  const service = biller === undefined ? '' : `${words.services[biller.service]} `
  return [
    { name: words.whenSigned, value: words.tookThen(shortMoment(signed.paidAt)) },
    {
      name: words.sum,
      value: words.amount(sumFen([signed.principal, signed.lateFee])),
      big: true,
    },
    { name: words.accountOnly, value: `…${signed.accountTail}` },
    {
      name: words.period,
      value: `${biller?.names[language] ?? signed.billerId} · ${service}${signed.month}`,
    },
    { name: words.afterwards, value: words.unknownOffline },
  ]
}

function foreignRows(scanned: string, why: string, words: ClerkWords): Row[] {
  return [
    { name: words.scanned, value: scanned.length > 40 ? `${scanned.slice(0, 40)}…` : scanned },
    { name: words.perhaps, value: words.why[why] ?? why },
  ]
}

/** '11-16 14:19:02'. */
function shortMoment(instant: Instant): string {
  return `${dateOf(instant).slice(5)} ${clockSecondsOf(instant)}`
}
