import { z } from 'zod'
import type { VerifiedAnswer } from './transport'
import { WeChatPayFault } from './we-chat-pay-fault'

const errorSchema = z.object({ code: z.string(), message: z.string().optional() })

/** 202 is none of these: it says that the payer is at it (USERPAYING). */
const SUCCESSES = [200, 204]

/** WeChat's two errors of the moment: the same request again, its outcome unknown until asked. */
const PASSING = ['SYSTEMERROR', 'BANKERROR']

/**
 * The code of an error answer. WeChat spells the same error with and without underscores in
 * different products: it comes without them. Undefined when the answer is none, or names no code.
 */
export function codeOf(answer: Pick<VerifiedAnswer, 'status' | 'body'>): string | undefined {
  if (SUCCESSES.includes(answer.status)) return undefined
  const parsed = errorSchema.safeParse(answer.body)
  return parsed.success ? parsed.data.code.replaceAll('_', '') : undefined
}

/** Whether an answer says only that WeChat is unwell for the moment: by its code, else by its status. */
export function isPassing(status: number, code: string | undefined): boolean {
  return code === undefined ? status >= 500 : PASSING.includes(code)
}

/** As `codeOf`, and the status where an error names no code; undefined when the answer is no error. */
export function errorCode(answer: VerifiedAnswer): string | undefined {
  if (SUCCESSES.includes(answer.status)) return undefined
  return codeOf(answer) ?? `HTTP${answer.status}`
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
