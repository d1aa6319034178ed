import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import type { Fen } from '../../../core/money'
import { askPayment } from './ask-payment'
import { unfinishedPayments } from './unfinished-payments'

export type PaymentToLookAt = {
  paymentId: string
  amount: Fen
  /** paid: the server said so just now, for the first time on this phone; its receipts are ready. */
  state: 'waiting' | 'paid'
}

/**
 * The payment that was left unfinished on this phone, asked about whenever the page is shown, so
 * that home can lead back to its result. Those that ended are told once and forgotten.
 */
export function usePaymentToLookAt(): PaymentToLookAt | undefined {
  const [payment, setPayment] = useState<PaymentToLookAt>()
  useDidShow(() => {
    void findPaymentToLookAt().then(setPayment)
  })
  return payment
}

/** Asks the server about every payment written down; the newest that waits, else the newest paid. */
export async function findPaymentToLookAt(): Promise<PaymentToLookAt | undefined> {
  const found: Partial<Record<PaymentToLookAt['state'], PaymentToLookAt>> = {}
  for (const { paymentId } of unfinishedPayments()) {
    const answer = await askPayment(paymentId, { returned: true })
    if (!answer.ok || answer.reply.state === 'closed') continue
    const state = answer.reply.state === 'paid' ? 'paid' : 'waiting'
    found[state] = { paymentId, amount: answer.reply.amount, state }
  }
  return found.waiting ?? found.paid
}
