import type { BoundAccount, DueBill } from '../../../contract/list-accounts'
import { dueState } from '../../../core/due-state'
import { formatYuan } from '../../../core/money'
import { clockTimeOf, type DateText } from '../../../core/time'
import type { HOME_WORDS } from '../../client/words/home'
import type { AccountRowProps } from '../../ui/account-row'

type HomeWords = (typeof HOME_WORDS)['zh']
export type Row = Omit<AccountRowProps, 'onTap'> & {
  key: string
  accountId: string
  billId?: string
}

/** The rows of one account: a row a bill, or one that says there is nothing to pay. */
export function accountRows(
  account: BoundAccount,
  language: 'zh' | 'en',
  words: HomeWords,
  today: DateText,
): Row[] {
  const name = `${account.label} · ${account.billerName[language]}`
  const base = { accountId: account.accountId, service: account.service, name }
  if (account.bills.length === 0)
    return [{ ...base, key: account.accountId, ...restful(account, words) }]
  return account.bills.map((bill) => ({
    ...base,
    key: `${account.accountId}/${bill.billId}`,
    billId: bill.billId,
    ...billLook(bill, words, today),
  }))
}

function restful(account: BoundAccount, words: HomeWords): Partial<Row> {
  if (account.suspended) return { tag: { kind: 'mute', text: words.suspended } }
  if (account.balance !== undefined) {
    return { amount: formatYuan(account.balance), amountLabel: words.balance, quiet: true }
  }
  return { tag: { kind: 'done', text: words.cleared } }
}

function billLook(bill: DueBill, words: HomeWords, today: DateText): Partial<Row> {
  const { standing } = bill
  const amount = formatYuan(bill.total)
  if (standing.kind === 'unposted' || standing.kind === 'rejected') {
    const kind = standing.kind === 'rejected' || standing.late ? 'soon' : 'wait'
    return {
      amount,
      amountLabel: words.paid,
      quiet: true,
      tag: { kind, text: words[standing.kind === 'rejected' ? 'rejected' : 'posting'] },
    }
  }
  const due = { amount, amountLabel: words.owed, ...dueTag(bill, words, today) }
  if (standing.kind !== 'paying') return due
  const until = clockTimeOf(standing.until)
  const lock = standing.mine
    ? words.minePaying(until)
    : words.paying(standing.payer ?? words.relative, until)
  return { ...due, lock }
}

function dueTag(bill: DueBill, words: HomeWords, today: DateText): Pick<Row, 'tag'> {
  const state = dueState(bill.dueOn, today)
  if (state.kind === 'late') return { tag: { kind: 'late', text: words.late(state.days) } }
  return { tag: { kind: state.kind === 'soon' ? 'soon' : 'mute', text: words.soon(state.days) } }
}
