import { createSign, generateKeyPairSync } from 'node:crypto'
import { Rsa } from 'wechatpay-axios-plugin'
import { decryptResource } from '../../../src/cloud/wechat/decrypt-resource'
import { readNotice } from '../../../src/cloud/wechat/read-notice'
import { authorization, paySign } from '../../../src/cloud/wechat/sign-request'
import { signatureFlaw } from '../../../src/cloud/wechat/verify-signature'
import { aMerchant } from '../../support/we-chat-pay-at-hand'
import PUBLISHED from '../../support/wechat-pay-vectors.json'

const pem = (kind: 'PRIVATE KEY' | 'PUBLIC KEY' | 'CERTIFICATE', text: string) =>
  `-----BEGIN ${kind}-----\n${(text.match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${kind}-----\n`

describe('signatures come out as published', () => {
  it('a request’s, as in WeChat’s manual: five lines, each with its end', () => {
    const { request } = PUBLISHED
    const merchant = {
      mchid: request.mchid,
      certificateSerial: request.serial,
      privateKeyPem: pem('PRIVATE KEY', request.privateKey),
    }
    const header = authorization(merchant, { ...request, text: request.body }, request)
    const [scheme, pairs = ''] = header.split(' ')
    expect(scheme).toBe('WECHATPAY2-SHA256-RSA2048')
    expect(pairs.split(',').sort()).toEqual([
      `mchid="${request.mchid}"`,
      `nonce_str="${request.nonce}"`,
      `serial_no="${request.serial}"`,
      `signature="${request.signature}"`,
      `timestamp="${request.timestamp}"`,
    ])
  })

  it('the sheet’s, as in WeChat’s manual: four lines', () => {
    const { sheet, request } = PUBLISHED
    const privateKeyPem = pem('PRIVATE KEY', request.privateKey)
    expect(paySign({ appid: sheet.appid, privateKeyPem }, sheet.package, sheet)).toBe(sheet.paySign)
  })

  it('the primitive’s, as in WeChat’s library for Go', () => {
    const { text, privateKey, publicKey, signature } = PUBLISHED.signedText
    expect(Rsa.sign(text, pem('PRIVATE KEY', privateKey))).toBe(signature)
    expect(Rsa.verify(text, signature, pem('PUBLIC KEY', publicKey))).toBe(true)
    expect(Rsa.verify('wrong source', signature, pem('PUBLIC KEY', publicKey))).toBe(false)
  })
})

/** What was signed by WeChat, its headers, and the key that it was signed with. */
const flawOf = (
  signed: { serial: string; timestamp: string; nonce: string; signature: string; body: string },
  key: string,
  change: { serial?: string; signature?: string; body?: string } = {},
) => {
  const { serial, timestamp, nonce, signature, body } = { ...signed, ...change }
  const headers: Record<string, string> = {
    'wechatpay-serial': serial,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signature,
  }
  return signatureFlaw((name) => headers[name], body, {
    platformKeys: { [signed.serial]: key },
    now: Number(timestamp) * 1000,
  })
}

describe('what WeChat signed, as published', () => {
  it.each([
    [
      'an answer, under a public key',
      PUBLISHED.answer,
      pem('PUBLIC KEY', PUBLISHED.answer.publicKey),
    ],
    [
      'a notice, under a platform certificate',
      PUBLISHED.notice,
      pem('CERTIFICATE', PUBLISHED.notice.certificate),
    ],
  ])('%s, holds as it is and in no other way', (_, signed, key) => {
    expect(flawOf(signed, key)).toBeUndefined()
    expect(flawOf(signed, key, { body: `${signed.body}\n` })).toBe('bad-signature')
    expect(flawOf(signed, key, { body: '' })).toBe('bad-signature')
    expect(flawOf(signed, key, { signature: 'invalid base64 signature' })).toBe('bad-signature')
    expect(flawOf(signed, key, { signature: '' })).toBe('missing-header')
    expect(flawOf(signed, key, { serial: 'invalid serial number' })).toBe('unknown-key')
  })
})

const resource = {
  algorithm: 'AEAD_AES_256_GCM',
  nonce: PUBLISHED.resource.nonce,
  associated_data: PUBLISHED.resource.associatedData,
  ciphertext: PUBLISHED.resource.ciphertext,
}

describe('a notice’s resource', () => {
  it('opens as published', () => {
    expect(decryptResource(resource, PUBLISHED.resource.key)).toBe(PUBLISHED.resource.text)
  })

  it.each([
    ['another nonce', { nonce: 'uluk4a9R25RX' }],
    ['other associated data', { associated_data: 'associatedDatb' }],
    ['another text', { ciphertext: 'vlwSiIajGClcvcOYvOQ7+l+0PAbzzwI=' }],
    ['a text cut short', { ciphertext: 'ulwSiIajGClcvcOY' }],
    ['another algorithm', { algorithm: 'AEAD_AES_128_GCM' }],
    ['a nonce of another length', { nonce: 'uluk4a9R25RWX' }],
    ['no text at all', { ciphertext: '' }],
  ])('stays shut with %s', (_, change) => {
    expect(decryptResource({ ...resource, ...change }, PUBLISHED.resource.key)).toBeUndefined()
  })

  it('is never opened with a key of sixteen bytes, which two published examples use', () => {
    const { shortKey, nonce, associatedData, ciphertext } = PUBLISHED.shortKeyResource
    const short = { ...resource, nonce, associated_data: associatedData, ciphertext }
    expect(() => decryptResource(short, shortKey)).toThrow('32 bytes')

    const { notice } = PUBLISHED
    const merchant = aMerchant({
      apiV3Key: notice.shortKey,
      platformKeys: { [notice.serial]: pem('CERTIFICATE', notice.certificate) },
    })
    const headers = {
      'Wechatpay-Serial': notice.serial,
      'Wechatpay-Timestamp': notice.timestamp,
      'Wechatpay-Nonce': notice.nonce,
      'Wechatpay-Signature': notice.signature,
    }
    const read = (one: typeof merchant) =>
      readNotice(
        { headers, rawBody: Buffer.from(notice.body) },
        { merchants: [one], now: Number(notice.timestamp) * 1000 },
      )
    expect(() => read(merchant)).toThrow('32 bytes')
    expect(read({ ...merchant, apiV3Key: aMerchant().apiV3Key })).toEqual({
      ok: false,
      reason: 'undecryptable',
    })
  })
})

describe('a signature over the raw body', () => {
  const NOW = Date.parse('2026-11-16T14:17:00+08:00')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const body = '{"id":"EV-1","amount":1}'
  const seconds = String(Math.floor(NOW / 1000))
  const signed = (text: string, timestamp = seconds, nonce = 'n0nce') =>
    createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${text}\n`).sign(privateKey, 'base64')
  const headers = (change: Record<string, string | undefined> = {}) => {
    const all: Record<string, string | undefined> = {
      'wechatpay-timestamp': seconds,
      'wechatpay-nonce': 'n0nce',
      'wechatpay-serial': 'PUB_KEY_ID_1',
      'wechatpay-signature': signed(body),
      ...change,
    }
    return (name: string) => all[name]
  }
  const held = { platformKeys: { PUB_KEY_ID_1: publicKey }, now: NOW }

  it('holds', () => {
    expect(signatureFlaw(headers(), body, held)).toBeUndefined()
  })

  it.each([
    ['missing-header', { 'wechatpay-signature': undefined }],
    ['missing-header', { 'wechatpay-nonce': '' }],
    ['stale', { 'wechatpay-timestamp': String(Number(seconds) - 301) }],
    ['stale', { 'wechatpay-timestamp': String(Number(seconds) + 301) }],
    ['stale', { 'wechatpay-timestamp': 'soon' }],
    ['unknown-key', { 'wechatpay-serial': 'PUB_KEY_ID_2' }],
    ['unknown-key', { 'wechatpay-serial': '__proto__' }],
    ['bad-signature', { 'wechatpay-nonce': 'another' }],
    ['bad-signature', { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abcd' }],
    ['bad-signature', { 'wechatpay-signature': '%%%' }],
  ] as const)('%s: %o', (flaw, change) => {
    expect(signatureFlaw(headers(change), body, held)).toBe(flaw)
  })

  it('covers every byte: one space more does not hold', () => {
    expect(signatureFlaw(headers(), body.replace(':1', ': 1'), held)).toBe('bad-signature')
  })

  it('needs the final line feed', () => {
    const signature = createSign('RSA-SHA256')
      .update(`${seconds}\nn0nce\n${body}`)
      .sign(privateKey, 'base64')
    const flaw = signatureFlaw(headers({ 'wechatpay-signature': signature }), body, held)
    expect(flaw).toBe('bad-signature')
  })
})
