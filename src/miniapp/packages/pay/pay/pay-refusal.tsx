import type { QuoteItem } from '../../../../contract/quote-payment'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { Notice } from '../../../ui/notice'
import type { PayRefusal as Refusal } from './use-pay'

/** Why the last tap paid nothing; the page below shows what is true now. */
export function PayRefusal({
  refusal,
  items,
}: {
  refusal: Refusal | undefined
  items: readonly QuoteItem[]
}) {
  const { language } = useModes()
  if (refusal === undefined) return null
  const details = refusal.details ?? {}
  const cause = items.find((item) => item.billId === details.billId)
  const biller = cause === undefined ? {} : { biller: cause.billerName }
  const { sentence } = refusalOf('start-payment', refusal.reason)
  return <Notice kind="late" text={sentence({ ...details, ...biller })[language]} />
}
