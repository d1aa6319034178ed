import { paymentsToAsk } from '../postgres/payments'
import { WeChatPayFault } from '../wechat/we-chat-pay-fault'
import { askPayment } from './ask-payment'
import type { Ports } from './ports'

/** Asks WeChat about every payment whose next question is due; gives how many were asked. */
export async function askUnknownPayments(ports: Ports, most: number): Promise<number> {
  const payments = await paymentsToAsk(ports.database, ports.now(), most)
  for (const payment of payments) {
    try {
      await askPayment(ports, payment)
    } catch (error) {
      // Unknown stays unknown: the next question is already set.
      if (!(error instanceof WeChatPayFault)) throw error
    }
  }
  return payments.length
}
