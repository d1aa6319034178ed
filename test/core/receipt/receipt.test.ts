import { ed25519 } from '@noble/curves/ed25519'
import fc from 'fast-check'
import { encode } from 'uqr'
import { fen } from '../../../src/core/money'
import { fromBase45, toBase45 } from '../../../src/core/receipt/base45'
import { readReceipt } from '../../../src/core/receipt/read-receipt'
import { receiptNumber } from '../../../src/core/receipt/receipt-number'
import { publicKeyOf, RECEIPT_PREFIX, sealReceipt } from '../../../src/core/receipt/seal-receipt'

const signerOf = (secretKey: Uint8Array) => (bytes: Uint8Array) => ed25519.sign(bytes, secretKey)
const seed = (value: number) => new Uint8Array(32).fill(value)
const pair = { secretKey: seed(1), publicKey: publicKeyOf(seed(1)) }
const old = { secretKey: seed(2), publicKey: publicKeyOf(seed(2)) }
const keys = { r2: pair.publicKey, r1: old.publicKey }
const body = {
  number: 'WJ26-1116-7K2M-9QXT-04BD',
  billerId: 'jinghua-electricity',
  accountTail: '3317',
  month: '2026-10',
  principal: fen(24274),
  lateFee: fen(291),
  paidAt: 1_794_809_942_000,
  transactionId: '4200002781202611164509372114',
}
const code = sealReceipt(body, { keyId: 'r2', sign: signerOf(pair.secretKey) })
const bytesOf = (text: string) => fromBase45(text.slice(RECEIPT_PREFIX.length)) as Uint8Array

it('reads back what was signed, under the key that signed it', () => {
  expect(readReceipt(code, keys)).toEqual({ ok: true, body, keyId: 'r2' })
  const earlier = sealReceipt(body, { keyId: 'r1', sign: signerOf(old.secretKey) })
  expect(readReceipt(` ${earlier}\n`, keys)).toEqual({ ok: true, body, keyId: 'r1' })
})

it('is small: at most 190 bytes and a QR code of at most version 12 at level Q', () => {
  expect(bytesOf(code).length).toBeLessThanOrEqual(190)
  expect(encode(code, { ecc: 'Q' }).version).toBeLessThanOrEqual(12)
})

it('carries no name and no whole account number', () => {
  expect(Buffer.from(bytesOf(code)).toString('latin1')).not.toContain('441020933317')
})

it('never verifies with any one bit changed', () => {
  const bytes = bytesOf(code)
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Uint8Array.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
    expect(readReceipt(RECEIPT_PREFIX + toBase45(changed), keys).ok).toBe(false)
  }
}, 60_000)

it.each([
  ['https://example.com', 'foreign'],
  ['', 'foreign'],
  [RECEIPT_PREFIX, 'torn'],
  [`${RECEIPT_PREFIX}ABC`, 'torn'],
  [code.slice(0, -3), 'torn'],
  [sealReceipt(body, { keyId: 'r9', sign: signerOf(pair.secretKey) }), 'unknown-key'],
  [sealReceipt(body, { keyId: 'toString', sign: signerOf(pair.secretKey) }), 'unknown-key'],
  [sealReceipt(body, { keyId: 'r1', sign: signerOf(pair.secretKey) }), 'forged'],
])('refuses %s', (text, reason) => {
  expect(readReceipt(text, keys)).toEqual({ ok: false, reason })
})

it('never throws at any text', () => {
  fc.assert(fc.property(fc.string(), (text) => !readReceipt(RECEIPT_PREFIX + text, keys).ok))
  fc.assert(
    fc.property(
      fc.uint8Array(),
      (bytes) => !readReceipt(RECEIPT_PREFIX + toBase45(bytes), keys).ok,
    ),
  )
})

it('turns bytes into base 45 and back', () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      (bytes) =>
        Buffer.compare(
          Buffer.from(fromBase45(toBase45(bytes)) as Uint8Array),
          Buffer.from(bytes),
        ) === 0,
    ),
  )
  expect(toBase45(Buffer.from('Hello!!'))).toBe('%69 VD92EX0')
  const most = Uint8Array.of(255, 255, 255)
  expect(fromBase45(toBase45(most))).toEqual(most)
  expect(['A', 'a12', ':::', '::', 'GGX'].map(fromBase45)).toEqual([null, null, null, null, null])
})

it('numbers receipts by day and 60 derived bits', () => {
  expect(receiptNumber('2026-11-16', new Uint8Array(8))).toBe('WJ26-1116-0000-0000-0000')
  expect(receiptNumber('2026-11-16', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255))).toBe(
    'WJ26-1116-ZZZZ-ZZZZ-ZZZZ',
  )
  expect(() => receiptNumber('2026-11-16', new Uint8Array(7))).toThrow('8 bytes')
})
