import { answerHttp, type HttpEvent } from '../../src/cloud/answer-http'
import type { LogEntry, Ports } from '../../src/cloud/use-cases/ports'
import { answerHeaders, envelope } from '../../src/simulators/wechat-pay/sign-answer'
import { rfc3339, transactionOf } from '../../src/simulators/wechat-pay/transaction'
import { paidFactOf } from '../support/stored-payment'
import { KEYS, TODAY } from '../support/town'
import { aMerchant, PUBLIC_KEY_ID } from '../support/we-chat-pay-at-hand'

/** The service provider of stored payments. */
const MERCHANT = aMerchant({ mchid: 'provider' })
const KEY = { id: PUBLIC_KEY_ID, privateKeyPem: KEYS.platformPublicKey.privateKey }

/** WeChat's notice that a stored payment was paid: encrypted, and signed over its bytes. A copy of it is the same. */
export function noticeOf(paymentId: string): HttpEvent {
  const { orderNumber, openid, parts } = paidFactOf(paymentId)
  const order = {
    kind: 'partner' as const,
    merchant: { ...MERCHANT, name: MERCHANT.mchid, publicKeyPem: '' },
    number: orderNumber,
    ...{ contents: '', description: '', notifyUrl: '', prepayIds: [], paying: false },
    openid: openid ?? '',
    shares: parts.map((part) => ({
      number: part.orderNumber,
      payee: part.payeeId,
      amount: part.amountFen,
      attach: undefined,
      transactionId: part.transactionId,
    })),
    ...{ createdAt: TODAY, expiresAt: TODAY + 900_000 },
    state: 'SUCCESS' as const,
    paidAt: parts[0]?.paidAt ?? TODAY,
  }
  const body = JSON.stringify(envelope(transactionOf(order), KEYS.providerApiV3Key, rfc3339(TODAY)))
  return {
    path: '/wechat-pay/notices',
    httpMethod: 'POST',
    headers: answerHeaders(KEY, body, TODAY),
    body,
  }
}

/** Answers a notice as it comes over HTTP, and says with what and what was made of it: '204 notice-settled'. */
export async function answerNotice(ports: Ports, notice: HttpEvent): Promise<string> {
  const told: LogEntry[] = []
  const log = (entry: LogEntry) => told.push(entry)
  const { statusCode } = await answerHttp({ ports, log, merchants: [MERCHANT] }, notice)
  return `${statusCode} ${told.map(({ event }) => event).join()}`
}
