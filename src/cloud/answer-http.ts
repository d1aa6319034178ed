import { z } from 'zod'
import type { Log } from './log'
import { newErrorId } from './use-cases/new-error-id'
import type { Ports } from './use-cases/ports'
import { takePayNotice } from './use-cases/take-pay-notice'
import { takeRefundNotice } from './use-cases/take-refund-notice'
import type { Merchant } from './wechat/merchant'
import { readNotice } from './wechat/read-notice'

/** CloudBase's event for HTTP access, as far as it is read. */
const eventSchema = z.object({
  path: z.string(),
  httpMethod: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().optional(),
  isBase64Encoded: z.union([z.boolean(), z.string()]).optional(),
})
export type HttpEvent = z.input<typeof eventSchema>
export type HttpAnswer = {
  statusCode: number
  headers: Record<string, string>
  body: string
  isBase64Encoded: false
}

const NOTICE_PATH = '/wechat-pay/notices'

type Cloud = { ports: Ports; log: Log; merchants: readonly Merchant[] }

/**
 * WeChat Pay's notices: verified over the raw body, matched, recorded, its bills credited, and only
 * then answered with 204; the billers are told from the outbox, and none of their slowness reaches
 * WeChat. Anything that does not hold gets 4xx and writes nothing; a fault of ours gets 500, and
 * WeChat repeats the notice.
 */
export async function answerHttp(cloud: Cloud, event: HttpEvent): Promise<HttpAnswer> {
  const { log } = cloud
  try {
    const parsed = eventSchema.safeParse(event)
    if (!parsed.success) {
      log({ level: 'warn', event: 'http-malformed' })
      return answer(400, 'FAIL', 'malformed')
    }
    const { httpMethod, path } = parsed.data
    if (httpMethod !== 'POST' || !path.endsWith(NOTICE_PATH))
      return answer(404, 'FAIL', 'no such path')
    return await answerNotice(cloud, parsed.data)
  } catch (error) {
    log({ level: 'error', event: 'notice-fault', errorId: newErrorId(), error })
    return answer(500, 'FAIL', 'try again')
  }
}

async function answerNotice(
  { ports, log, merchants }: Cloud,
  { headers, body, isBase64Encoded }: HttpEvent,
): Promise<HttpAnswer> {
  const encoded = isBase64Encoded === true || isBase64Encoded === 'true'
  const rawBody = Buffer.from(body ?? '', encoded ? 'base64' : 'utf8')
  const read = readNotice({ headers, rawBody }, { merchants, now: ports.now() })
  if (!read.ok) {
    log({ level: 'warn', event: `notice-${read.reason}` })
    return answer(read.reason === 'not-a-payment' ? 400 : 401, 'FAIL', read.reason)
  }
  const { notice } = read
  if (notice.kind === 'refund') {
    const taken = await takeRefundNotice(ports, notice.fact)
    log({ level: 'info', event: `refund-notice-${taken.answer}` })
    return taken.isTaken ? answer(204) : answer(400, 'FAIL', taken.answer)
  }
  const taken = await takePayNotice(ports, notice)
  log({
    level: 'info',
    event: `notice-${taken.answer}`,
    ...(taken.paymentId && { paymentId: taken.paymentId }),
  })
  return taken.paymentId === undefined ? answer(400, 'FAIL', taken.answer) : answer(204)
}

function answer(statusCode: number, code?: string, message?: string): HttpAnswer {
  return {
    statusCode,
    headers: { 'Content-Type': 'application/json' },
    body: code === undefined ? '' : JSON.stringify({ code, message }),
    isBase64Encoded: false,
  }
}
