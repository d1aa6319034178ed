import Taro from '@tarojs/taro'
import type { BillRef } from '../../../../contract/scalars'
import { useWords } from '../../../client/i18n/use-words'
import { payUrl } from '../../../client/payment/pay-url'
import { RESULT_WORDS } from '../../../client/words/result'
import { Button } from '../../../ui/button'
import type { PaymentReply, PaymentStanding } from './payment-standing'
import type { UsedResult } from './use-result'

/** The one thing to do now; while nothing is proved there is nothing to do but to ask again. */
export function ResultFoot({
  result,
  reply,
  standing,
  further,
}: {
  result: UsedResult
  reply: PaymentReply
  standing: PaymentStanding
  further: readonly BillRef[]
}) {
  const words = useWords(RESULT_WORDS)
  if (standing === 'waiting') {
    return (
      <Button
        kind="outline"
        text={result.isBusy ? words.asking : words.askAgain}
        busy={result.isBusy}
        onTap={() => void result.askNow()}
      />
    )
  }
  if (standing === 'open') {
    return (
      <Button
        text={result.isBusy ? words.continuing : words.continuePaying(reply.amount)}
        busy={result.isBusy}
        onTap={() => void result.continuePaying()}
      />
    )
  }
  if (standing === 'closed') {
    const bills = [
      ...reply.items.map(({ accountId, billId }) => ({ accountId, billId })),
      ...further,
    ]
    return (
      <Button text={words.payAgain} onTap={() => void Taro.redirectTo({ url: payUrl(bills) })} />
    )
  }
  const receipts = reply.items.flatMap(({ receiptNumber }) => receiptNumber ?? [])
  const [only] = receipts
  if (only === undefined) return null
  const url =
    receipts.length === 1
      ? `/packages/receipt/receipt/index?receipt=${only}`
      : `/packages/receipt/receipts/index?paymentId=${reply.paymentId}`
  return (
    <Button text={words.seeReceipts(receipts.length)} onTap={() => void Taro.navigateTo({ url })} />
  )
}
