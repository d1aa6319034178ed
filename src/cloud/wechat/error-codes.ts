import { z } from 'zod'
import type { VerifiedAnswer } from './transport'
import { WeChatPayFault } from './we-chat-pay-fault'

const errorSchema = z.object({ code: z.string(), message: z.string().optional() })

/**
 * WeChat spells the same error with and without underscores in different products: the code without
 * them, or undefined when the answer is not an error.
 */
export function errorCode(answer: VerifiedAnswer): string | undefined {
  if (answer.status < 300) return undefined
  const parsed = errorSchema.safeParse(answer.body)
  return parsed.success ? parsed.data.code.replaceAll('_', '') : `HTTP${answer.status}`
}

/** The error that nobody here can mend. */
export function faultOf(answer: VerifiedAnswer): WeChatPayFault {
  const parsed = errorSchema.safeParse(answer.body)
  return new WeChatPayFault(errorCode(answer) ?? 'UNEXPECTED', {
    requestId: answer.requestId,
    ...(parsed.success && parsed.data.message !== undefined
      ? { message: parsed.data.message }
      : {}),
  })
}
