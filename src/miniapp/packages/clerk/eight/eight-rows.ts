import type { CheckedReceipt } from '../../../../contract/check-receipt'
import { type Fen, formatYuan } from '../../../../core/money'
import type { ReceiptBody } from '../../../../core/receipt/receipt-body'
import { clockTimeOf, dateOf } from '../../../../core/time'
import type { CLERK_WORDS } from '../../../client/words/clerk'
import type { EightRowProps } from '../../../ui/eight-row'

type ClerkWords = (typeof CLERK_WORDS)['zh']

/** The eight things a clerk checks: what was signed against what is known now. */
export function eightRows(
  now: CheckedReceipt,
  signed: ReceiptBody | undefined,
  language: 'zh' | 'en',
  words: ClerkWords,
): EightRowProps[] {
  const { questions } = words
  const row = (
    question: string,
    onReceipt: string | undefined,
    nowText: string,
    agrees: boolean,
  ): EightRowProps => ({
    question,
    onReceipt: onReceipt ?? words.notOnReceipt,
    now: nowText,
    state: agrees ? 'same' : 'different',
  })
  const unsigned = signed === undefined
  const service = `${now.billerName[language]} ${words.services[now.service]}`
  const sums = (one: { principal: Fen; lateFee: Fen }) =>
    `${formatYuan(one.principal)} + ${formatYuan(one.lateFee)}`
  const paidAt = `${dateOf(now.paidAt).slice(5)} ${clockTimeOf(now.paidAt)}`
  return [
    row(
      questions.account,
      signed && `…${signed.accountTail}`,
      `…${now.accountTail} ${now.holder}`,
      unsigned || signed.accountTail === now.accountTail,
    ),
    row(
      questions.biller,
      signed && (signed.billerId === now.billerId ? service : signed.billerId),
      service,
      unsigned || signed.billerId === now.billerId,
    ),
    row(questions.month, signed?.month, now.month, unsigned || signed.month === now.month),
    row(
      questions.amount,
      signed && sums(signed),
      sums(now),
      unsigned || (signed.principal === now.principal && signed.lateFee === now.lateFee),
    ),
    {
      question: now.daysLate === 0 ? questions.due : questions.dueLate(now.daysLate),
      onReceipt: paidAt,
      now: words.dueOn(now.dueOn.slice(5)),
      state: now.daysLate === 0 ? 'same' : 'look',
    },
    {
      question: questions.wechat,
      onReceipt: `…${signed?.transactionId.slice(-4) ?? now.transactionTail}`,
      now: wechatText(now, words),
      state: { paid: 'same', 'not-paid': 'different', 'not-asked': 'unknown' }[
        now.wechat
      ] as EightRowProps['state'],
    },
    postingRow(now, words),
    sinceRow(now, words),
  ]
}

function postingRow(now: CheckedReceipt, words: ClerkWords): EightRowProps {
  const row = { question: words.questions.posting, onReceipt: words.notOnReceipt }
  if (now.state === 'rejected') return { ...row, now: words.notTaken, state: 'different' }
  if (now.state === 'undone') return { ...row, now: words.takenBack, state: 'different' }
  return now.postingNumber === undefined
    ? { ...row, now: words.notPosted, state: 'look' }
    : { ...row, now: now.postingNumber, state: 'same' }
}

/** What happened to the money and the paper since the receipt was signed. */
function sinceRow(now: CheckedReceipt, words: ClerkWords): EightRowProps {
  const goesBack = now.duplicate || now.state === 'rejected' || now.state === 'undone'
  const since = [
    ...(now.refunded > 0 ? [words.refundedSince(now.refunded)] : []),
    ...(now.refunded === 0 && goesBack ? [words.toBeRefunded] : []),
    ...(now.printedAt === undefined ? [] : [words.printedOn(dateOf(now.printedAt).slice(5))]),
  ]
  return {
    question: words.questions.after,
    onReceipt: words.none,
    now: since.length === 0 ? words.none : since.join(' · '),
    state: since.length === 0 ? 'same' : goesBack || now.refunded > 0 ? 'different' : 'look',
  }
}

function wechatText(now: CheckedReceipt, words: ClerkWords): string {
  if (now.wechat === 'paid') return words.success(now.amount)
  return now.wechat === 'not-paid' ? words.notPaid : words.notAsked
}
