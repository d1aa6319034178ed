/**
 * WeChat Pay did not answer, answered something unverifiable, or refused in a way that nobody here
 * can mend. What it did is unknown until it is asked.
 */
export class WeChatPayFault extends Error {
  readonly code: string
  readonly requestId: string | undefined

  constructor(
    code: string,
    options: { cause?: unknown; requestId?: string | undefined; message?: string } = {},
  ) {
    super(`WeChat Pay: ${code}${options.message === undefined ? '' : ` (${options.message})`}`, {
      cause: options.cause,
    })
    this.name = 'WeChatPayFault'
    this.code = code
    this.requestId = options.requestId
  }
}
