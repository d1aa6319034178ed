import { createSign, generateKeyPairSync } from 'node:crypto'
import { decryptResource } from '../../../src/cloud/wechat/decrypt-resource'
import { signatureFlaw } from '../../../src/cloud/wechat/verify-signature'

const NOW = Date.parse('2026-11-16T14:17:00+08:00')
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

/** From wechatpay-java's AeadAesCipherTest with TestConfig. */
const PUBLISHED = {
  key: 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb',
  resource: {
    algorithm: 'AEAD_AES_256_GCM',
    nonce: 'uluk4a9R25RW',
    associated_data: 'associatedData',
    ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=',
  },
}

describe('a notice’s resource', () => {
  it('opens as published', () => {
    expect(decryptResource(PUBLISHED.resource, PUBLISHED.key)).toBe('message')
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
    expect(decryptResource({ ...PUBLISHED.resource, ...change }, PUBLISHED.key)).toBeUndefined()
  })

  it('is never opened with a key of sixteen bytes: APIv3 keys have thirty-two', () => {
    expect(() => decryptResource(PUBLISHED.resource, 'a7cde1ZJB1kG2e7V')).toThrow('32 bytes')
  })
})

describe('a signature over the raw body', () => {
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
