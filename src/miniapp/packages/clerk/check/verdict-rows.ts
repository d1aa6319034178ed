import { sumFen } from '../../../../core/money'
import { clockSecondsOf, clockTimeOf, dateOf, type Instant } from '../../../../core/time'
import type { CLERK_WORDS } from '../../../client/words/clerk'
import type { Checked } from '../checked'

type ClerkWords = (typeof CLERK_WORDS)['zh']
type Row = { name: string; value: string; big?: boolean }

type Saying = {
  language: 'zh' | 'en'
  words: ClerkWords
  /** The name behind a biller's id, from what the phone keeps. */
  billerName: (billerId: string) => string
}

/** The facts under a verdict. */
export function verdictRows(checked: Checked, { language, words, billerName }: Saying): Row[] {
  if (checked.kind === 'foreign') return foreignRows(checked.scanned, checked.why, words)
  if (checked.kind === 'offline') {
    const { signed } = checked
    return [
      {
        name: words.paid,
        value: words.amount(sumFen([signed.principal, signed.lateFee])),
        big: true,
      },
      { name: words.account, value: `…${signed.accountTail}` },
      { name: words.period, value: `${billerName(signed.billerId)} · ${signed.month}` },
      { name: words.wechat, value: shortMoment(signed.paidAt) },
      { name: words.afterwards, value: words.unknownOffline },
    ]
  }
  const { receipt, why, asOf } = checked.reply
  if (receipt === undefined) return foreignRows(checked.scanned, why ?? 'foreign', words)
  return [
    { name: words.paid, value: words.amount(receipt.amount), big: true },
    { name: words.account, value: `…${receipt.accountTail} · ${receipt.holder}` },
    {
      name: words.period,
      value: `${receipt.billerName[language]} · ${words.services[receipt.service]} ${receipt.month}`,
    },
    receipt.postedAt === undefined
      ? { name: words.wechat, value: shortMoment(receipt.paidAt) }
      : { name: words.posted, value: shortMoment(receipt.postedAt) },
    receipt.printedAt === undefined
      ? { name: words.refundedOrPrinted, value: words.neither(clockTimeOf(asOf)) }
      : {
          name: words.printed,
          value: words.printedBy(shortMoment(receipt.printedAt), receipt.printedBy ?? ''),
        },
  ]
}

function foreignRows(scanned: string, why: string, words: ClerkWords): Row[] {
  return [
    { name: words.scanned, value: scanned.length > 40 ? `${scanned.slice(0, 40)}…` : scanned },
    { name: words.perhaps, value: words.why[why] ?? why },
  ]
}

/** '11-16 14:19:02'. */
export function shortMoment(instant: Instant): string {
  return `${dateOf(instant).slice(5)} ${clockSecondsOf(instant)}`
}
