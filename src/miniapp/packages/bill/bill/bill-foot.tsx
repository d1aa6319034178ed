import Taro from '@tarojs/taro'
import { useWords } from '../../../client/i18n/use-words'
import { payUrl, resultUrl } from '../../../client/payment/pay-url'
import { BILL_WORDS } from '../../../client/words/bill'
import { Button } from '../../../ui/button'
import type { BillReply } from './bill-reply'

/** Pay, continue, or look at what was paid. From old data nothing is offered. */
export function BillFoot({ bill, isOld }: { bill: BillReply; isOld: boolean }) {
  const words = useWords(BILL_WORDS)
  const { standing } = bill
  if (isOld) return null
  const go = (url: string) => () => void Taro.navigateTo({ url })
  if (standing.kind === 'due') {
    const url = payUrl([{ accountId: bill.accountId, billId: bill.billId }])
    return <Button text={words.pay(bill.total)} onTap={go(url)} />
  }
  if (standing.kind === 'paying' && standing.paymentId !== undefined) {
    return <Button text={words.resume} onTap={go(resultUrl(standing.paymentId))} />
  }
  if (bill.receiptNumber === undefined) return null
  const url = `/packages/receipt/receipt/index?receipt=${bill.receiptNumber}`
  return <Button text={words.seeReceipt} onTap={go(url)} />
}
