import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import type { Fen } from '../../../core/money'
import { askPayment } from './ask-payment'
import { unfinishedPayments } from './unfinished-payments'

export type PaymentToLookAt = { paymentId: string; amount: Fen }

/**
 * The payment that was left unfinished on this phone, asked about whenever the page is shown: one
 * that still waits, so that home can lead back to its result. Those that ended are forgotten.
 */
export function useUnfinishedPayment(): PaymentToLookAt | undefined {
  const [waiting, setWaiting] = useState<PaymentToLookAt>()
  useDidShow(() => {
    void findWaitingPayment().then(setWaiting)
  })
  return waiting
}

/** Asks the server about every payment written down; gives the newest that is not final. */
export async function findWaitingPayment(): Promise<PaymentToLookAt | undefined> {
  let waiting: PaymentToLookAt | undefined
  for (const { paymentId } of unfinishedPayments()) {
    const answer = await askPayment(paymentId, { returned: true })
    if (answer.ok && (answer.reply.state === 'created' || answer.reply.state === 'awaiting')) {
      waiting = { paymentId, amount: answer.reply.amount }
    }
  }
  return waiting
}
