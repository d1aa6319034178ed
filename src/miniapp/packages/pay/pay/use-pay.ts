import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BillRef } from '../../../../contract/scalars'
import type { Refused } from '../../../client/cloud/call'
import { type UsedCall, useCall } from '../../../client/cloud/use-call'
import { type PayOutcome, payBills } from '../../../client/payment/pay-bills'
import { resultUrl } from '../../../client/payment/pay-url'
import { type ResumeOutcome, resumePayment } from '../../../client/payment/resume-payment'
import { type UsedConsent, useConsent } from '../../../client/privacy/use-consent'

/** Why the last tap paid nothing: an answer's refusal, or a phone that could not even begin. */
export type PayProblem =
  | { kind: 'refused'; refusal: Refused<'start-payment'> | Refused<'get-payment'> }
  | { kind: 'not-sent' }

export type UsedPay = {
  quote: UsedCall<'quote-payment'>
  consent: UsedConsent
  problem: PayProblem | undefined
  isBusy: boolean
  /** Pays the first payment of the quote. */
  pay: () => void
  /** Continues the resident's own payment that holds one of the bills. */
  resume: () => void
}

/**
 * The pay page: a fresh quote whenever it is shown, and one tap that pays its first payment. After a
 * refusal the quote is asked for again, so that the page shows what is true now.
 */
export function usePay(bills: readonly BillRef[]): UsedPay {
  const quote = useCall('quote-payment', bills.length === 0 ? null : { bills: [...bills] })
  const consent = useConsent()
  const [problem, setProblem] = useState<PayProblem>()
  const [isBusy, setBusy] = useState(false)

  const run = async (begin: () => Promise<PayOutcome | ResumeOutcome>, further: BillRef[]) => {
    setBusy(true)
    setProblem(undefined)
    const outcome = await begin()
    if (outcome.kind === 'look') {
      const { paymentId, sheet } = outcome
      await Taro.redirectTo({ url: resultUrl(paymentId, { sheet, further }) })
      return
    }
    setProblem(outcome)
    await quote.reload()
    setBusy(false)
  }

  const pay = () => {
    const [first, ...further] = quote.reply?.payments ?? []
    if (first === undefined || isBusy) return
    const items = first.items.map(({ accountId, billId, total }) => ({
      accountId,
      billId,
      amountSeen: total,
    }))
    const rest = further.flatMap(({ items: later }) => later.map(refOf))
    consent.withConsent(() => void run(() => payBills(items), rest))
  }
  const resume = () => {
    const paymentId = quote.reply?.resume?.paymentId
    if (paymentId === undefined || isBusy) return
    const rest = (quote.reply?.payments ?? []).flatMap(({ items }) => items.map(refOf))
    consent.withConsent(() => void run(() => resumePayment(paymentId), rest))
  }
  return { quote, consent, problem, isBusy, pay, resume }
}

function refOf({ accountId, billId }: BillRef): BillRef {
  return { accountId, billId }
}
