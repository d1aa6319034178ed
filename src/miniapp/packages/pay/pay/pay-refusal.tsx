import type { ReplyOf } from '../../../../contract/call'
import type { quotePayment } from '../../../../contract/quote-payment'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { PAY_WORDS } from '../../../client/words/pay'
import { Notice } from '../../../ui/notice'
import type { PayProblem } from './use-pay'

/** Why the last tap paid nothing; the page below shows what is true now. */
export function PayRefusal({
  problem,
  quote,
}: {
  problem: PayProblem | undefined
  quote: ReplyOf<typeof quotePayment>
}) {
  const { language } = useModes()
  const words = useWords(PAY_WORDS)
  if (problem === undefined) return null
  if (problem.kind === 'not-sent') return <Notice kind="late" text={words.notSent} />
  const { reason, details = {} } = problem.refusal
  const bills = [...quote.payments.flatMap(({ items }) => items), ...quote.left]
  const cause = bills.find(
    (bill) => bill.billId === details.billId && bill.accountId === details.accountId,
  )
  const biller = cause === undefined ? {} : { biller: cause.billerName }
  const { sentence } = refusalOf('start-payment', reason)
  return <Notice kind="late" text={sentence({ ...details, ...biller })[language]} />
}
