import type { BoundAccount, DueBill } from '../../../contract/list-accounts'
import { formatYuan } from '../../../core/money'
import type { DateText } from '../../../core/time'
import type { HOME_WORDS } from '../../client/words/home'
import type { STANDING_WORDS } from '../../client/words/standing'
import { standingTag } from '../../client/words/standing-tag'
import type { AccountRowProps } from '../../ui/account-row'

/** What a row is said with: the page's words, those of every bill, and the day. */
export type RowSpeech = {
  language: 'zh' | 'en'
  words: (typeof HOME_WORDS)['zh']
  standings: (typeof STANDING_WORDS)['zh']
  today: DateText
}
export type Row = Omit<AccountRowProps, 'onTap'> & {
  key: string
  accountId: string
  billId?: string
}

/** The rows of one account: a row a bill, or one that says there is nothing to pay. */
export function accountRows(account: BoundAccount, speech: RowSpeech): Row[] {
  const { accountId, service, bills } = account
  const name = `${account.label} · ${account.billerName[speech.language]}`
  const base = { accountId, service, name }
  if (bills.length === 0) return [{ ...base, key: accountId, ...restful(account, speech) }]
  return bills.map((bill) => ({
    ...base,
    key: `${accountId}/${bill.billId}`,
    billId: bill.billId,
    ...(account.suspended ? { note: speech.words.suspended } : {}),
    ...billLook(bill, speech),
  }))
}

function restful(account: BoundAccount, { words }: RowSpeech): Partial<Row> {
  if (account.suspended) return { tag: { kind: 'mute', text: words.suspended } }
  if (account.balance !== undefined) {
    return { amount: formatYuan(account.balance), amountLabel: words.balance, quiet: true }
  }
  return { tag: { kind: 'done', text: words.cleared } }
}

/** A bill that is being paid keeps its due date; who holds it is said in the row that it locks. */
function billLook({ standing, dueOn, total }: DueBill, speech: RowSpeech): Partial<Row> {
  const { standings, today } = speech
  const tagOf = (one: DueBill['standing']) => standingTag(one, dueOn, standings, today)
  const amount = { amount: formatYuan(total), amountLabel: standings.amount[standing.kind] }
  if (standing.kind === 'due') return { ...amount, tag: tagOf(standing) }
  if (standing.kind === 'paying') {
    return { ...amount, tag: tagOf({ kind: 'due' }), lock: tagOf(standing).text }
  }
  return { ...amount, quiet: true, tag: tagOf(standing) }
}
