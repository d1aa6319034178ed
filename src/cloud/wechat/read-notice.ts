import { z } from 'zod'
import { decryptResource } from './decrypt-resource'
import type { Merchant } from './merchant'
import { type ReadFact, readFact } from './order-facts'
import { type RefundFact, readRefundFact } from './refund'
import { type SignatureFlaw, signatureFlaw } from './verify-signature'

/** A verified, decrypted notice: an order was paid, or a refund came to its end. */
export type PaidNotice = ReadFact & { kind: 'paid'; id: string }
export type RefundNotice = { kind: 'refund'; id: string; fact: RefundFact; merchantId: string }

export type ReadNotice =
  | { ok: true; notice: PaidNotice | RefundNotice }
  | { ok: false; reason: SignatureFlaw | 'malformed' | 'undecryptable' | 'not-a-payment' }

const envelopeSchema = z.object({
  id: z.string(),
  event_type: z.string(),
  resource: z.object({
    algorithm: z.string(),
    ciphertext: z.string(),
    nonce: z.string(),
    associated_data: z.string().optional(),
  }),
})

/**
 * Reads a notice of WeChat Pay. Over the raw bytes first: headers, time, key by serial, signature;
 * only then decrypt, only then parse. `headers` may be in any case.
 */
export function readNotice(
  { headers, rawBody }: { headers: Readonly<Record<string, string>>; rawBody: Buffer },
  { merchants, now }: { merchants: readonly Merchant[]; now: number },
): ReadNotice {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const text = rawBody.toString('utf8')
  const platformKeys = Object.assign(
    {},
    ...merchants.map((merchant) => merchant.platformKeys),
  ) as Record<string, string>
  const flaw = signatureFlaw((name) => lower.get(name), text, { platformKeys, now })
  if (flaw !== undefined) return { ok: false, reason: flaw }
  const envelope = envelopeSchema.safeParse(jsonOf(text))
  if (!envelope.success) return { ok: false, reason: 'malformed' }
  const holders = merchants.filter((merchant) =>
    Object.hasOwn(merchant.platformKeys, lower.get('wechatpay-serial') ?? ''),
  )
  for (const merchant of holders) {
    const plain = decryptResource(envelope.data.resource, merchant.apiV3Key)
    if (plain === undefined) continue
    const { id, event_type: event } = envelope.data
    if (event === 'TRANSACTION.SUCCESS') return paid(id, plain, merchant)
    if (event.startsWith('REFUND.')) return refunded(id, plain, merchant)
    return { ok: false, reason: 'not-a-payment' }
  }
  return { ok: false, reason: 'undecryptable' }
}

/** A notice opened with one merchant's key that speaks of another merchant is not believed. */
function paid(id: string, plain: string, merchant: Merchant): ReadNotice {
  const read = readFact(jsonOf(plain))
  if (
    read === undefined ||
    read.merchantId !== merchant.mchid ||
    read.fact.appid !== merchant.appid
  ) {
    return { ok: false, reason: 'malformed' }
  }
  return read.fact.state === 'paid'
    ? { ok: true, notice: { kind: 'paid', id, ...read } }
    : { ok: false, reason: 'not-a-payment' }
}

const refunderSchema = z.object({ mchid: z.string().optional(), sp_mchid: z.string().optional() })

function refunded(id: string, plain: string, merchant: Merchant): ReadNotice {
  const body = jsonOf(plain)
  const fact = readRefundFact(body)
  const refunder = refunderSchema.safeParse(body)
  const mchid = refunder.data?.sp_mchid ?? refunder.data?.mchid
  if (fact === undefined || mchid !== merchant.mchid) return { ok: false, reason: 'malformed' }
  return { ok: true, notice: { kind: 'refund', id, fact, merchantId: mchid } }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
