import { BillerFault } from '../billers/biller-fault'
import { WeChatPayFault } from '../wechat/we-chat-pay-fault'
import { newErrorId } from './new-error-id'
import type { Ports } from './ports'

/**
 * Logs a fault that is caught here, with what it was about. A neighbour's is a warning: its outcome
 * is unknown, and it is asked again. Any other is a bug of ours (`isOurs`).
 */
export function noteFault(
  ports: Ports,
  where: { event: string; paymentId?: string; about?: string },
  error: unknown,
): { errorId: string; isOurs: boolean } {
  const errorId = newErrorId()
  const isOurs = !(error instanceof BillerFault || error instanceof WeChatPayFault)
  ports.log({ level: isOurs ? 'error' : 'warn', errorId, ...where, error })
  return { errorId, isOurs }
}
