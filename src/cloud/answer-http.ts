import type { Log } from './log'
import type { Ports } from './use-cases/ports'
import { takePayNotice } from './use-cases/take-pay-notice'
import type { Merchant } from './wechat/merchant'
import { readNotice } from './wechat/read-notice'

/** CloudBase's event for HTTP access, as far as it is read. */
export type HttpEvent = {
  path: string
  httpMethod: string
  headers: Record<string, string>
  body?: string | undefined
  isBase64Encoded?: boolean | string | undefined
}
export type HttpAnswer = {
  statusCode: number
  headers: Record<string, string>
  body: string
  isBase64Encoded: false
}

const NOTICE_PATH = '/wechat-pay/notices'

/**
 * WeChat Pay's notices: verified over the raw body, matched, recorded, and only then answered with
 * 204: what follows (credit, posting) is in the outbox, and no biller's slowness reaches WeChat.
 * Anything that does not hold gets 4xx and writes nothing; a fault of ours gets 500, and WeChat
 * repeats the notice.
 */
export async function answerHttp(
  { ports, log, merchants }: { ports: Ports; log: Log; merchants: readonly Merchant[] },
  event: HttpEvent,
): Promise<HttpAnswer> {
  if (event.httpMethod !== 'POST' || !event.path.endsWith(NOTICE_PATH))
    return answer(404, 'FAIL', 'no such path')
  const encoded = event.isBase64Encoded === true || event.isBase64Encoded === 'true'
  const rawBody = Buffer.from(event.body ?? '', encoded ? 'base64' : 'utf8')
  const read = readNotice({ headers: event.headers, rawBody }, { merchants, now: ports.now() })
  if (!read.ok) {
    log({ level: 'warn', event: `notice-${read.reason}` })
    return answer(read.reason === 'not-a-payment' ? 400 : 401, 'FAIL', read.reason)
  }
  try {
    const taken = await takePayNotice(ports, read.notice)
    log({
      level: 'info',
      event: `notice-${taken.answer}`,
      ...(taken.paymentId && { paymentId: taken.paymentId }),
    })
    if (taken.paymentId === undefined) return answer(400, 'FAIL', taken.answer)
    return answer(204)
  } catch (error) {
    log({ level: 'error', event: 'notice-fault', error })
    return answer(500, 'FAIL', 'try again')
  }
}

function answer(statusCode: number, code?: string, message?: string): HttpAnswer {
  return {
    statusCode,
    headers: { 'Content-Type': 'application/json' },
    body: code === undefined ? '' : JSON.stringify({ code, message }),
    isBase64Encoded: false,
  }
}
