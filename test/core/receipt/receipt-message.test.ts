import { CBORTag, type CBORType, encodeCBOR } from '@levischuck/tiny-cbor'
import { ed25519 } from '@noble/curves/ed25519'
import { fen } from '../../../src/core/money'
import { fromBase45, toBase45 } from '../../../src/core/receipt/base45'
import { readReceipt } from '../../../src/core/receipt/read-receipt'
import { fromCborMap, toCborMap } from '../../../src/core/receipt/receipt-body'
import { receiptNumber } from '../../../src/core/receipt/receipt-number'
import { publicKeyOf, RECEIPT_PREFIX, sealReceipt } from '../../../src/core/receipt/seal-receipt'

const SECRET = new Uint8Array(32).fill(1)
const KEYS = { r2: publicKeyOf(SECRET) }
const BODY = {
  number: 'WJ26-1116-7K2M-9QXT-04BD',
  billerId: 'jinghua-electricity',
  accountTail: '3317',
  month: '2026-10',
  principal: fen(24274),
  lateFee: fen(0),
  paidAt: 1_794_809_942_000,
  transactionId: '4200002781202611164509372114',
}
const PAYLOAD = encodeCBOR(toCborMap(BODY))
const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'ascii'))
/** {1: -8, 4: 'r2'}: EdDSA under the key r2. */
const HEADER = Uint8Array.of(0xa2, 0x01, 0x27, 0x04, 0x42, ...ascii('r2'))

/** What RFC 9052 has signed in a COSE_Sign1, written out byte by byte; lengths below 24. */
const toBeSigned = (header: Uint8Array, payload: Uint8Array) =>
  Uint8Array.from([
    ...[0x84, 0x6a, ...ascii('Signature1')],
    ...[0x40 + header.length, ...header],
    0x40,
    ...(payload.length < 256 ? [0x58, payload.length] : []),
    ...payload,
  ])
const signed = (header: Uint8Array, payload: Uint8Array) =>
  ed25519.sign(toBeSigned(header, payload), SECRET)
const codeOf = (...parts: CBORType[]) => asCode(new CBORTag(18, parts))
const asCode = (message: CBORType) => RECEIPT_PREFIX + toBase45(encodeCBOR(message))
const read = (code: string) => readReceipt(code, KEYS)
const TORN = { ok: false, reason: 'torn' }

describe('a receipt’s message is COSE_Sign1', () => {
  const sign = (bytes: Uint8Array) => ed25519.sign(bytes, SECRET)

  test('byte for byte, as another implementation would write it', () => {
    const code = sealReceipt(BODY, { keyId: 'r2', sign })
    const own = codeOf(HEADER, new Map(), PAYLOAD, signed(HEADER, PAYLOAD))
    expect(code).toBe(own)
    expect(Buffer.from(fromBase45(code.slice(4)) as Uint8Array).subarray(0, 2)).toEqual(
      Buffer.of(0xd2, 0x84),
    )
    expect(read(own)).toEqual({ ok: true, body: BODY, keyId: 'r2' })
  })

  const whole: CBORType[] = [HEADER, new Map(), PAYLOAD, signed(HEADER, PAYLOAD)]
  const withPart = (place: number, part: CBORType) =>
    codeOf(...whole.map((one, index) => (index === place ? part : one)))
  const otherAlgorithm = Uint8Array.of(0xa2, 0x01, 0x26, 0x04, 0x42, ...ascii('r2'))
  const textKey = Uint8Array.of(0xa2, 0x01, 0x27, 0x04, 0x62, ...ascii('r2'))

  test.each([
    ['has another tag', asCode(new CBORTag(17, whole))],
    ['has no tag', asCode(whole)],
    ['is no list', asCode(new CBORTag(18, 'text'))],
    ['has a fifth part', codeOf(...whole, 0)],
    ['has an unprotected header', withPart(1, new Map([[1, 1]]))],
    ['has no map for it', withPart(1, [])],
    ['has a header in text', withPart(0, 'header')],
    ['has a header that is no CBOR', withPart(0, Uint8Array.of(0xff))],
    ['has a header that is no map', withPart(0, Uint8Array.of(0x80))],
    ['has a payload in text', withPart(2, 'payload')],
    ['has a signature in text', withPart(3, 'signature')],
    ['has a short signature', withPart(3, signed(HEADER, PAYLOAD).slice(1))],
    ['is of another algorithm', withPart(0, otherAlgorithm)],
    ['names its key in text', withPart(0, textKey)],
  ])('one that %s is torn', (_, code) => {
    expect(read(code)).toEqual(TORN)
  })

  test('one that is signed, but no receipt, is torn', () => {
    for (const payload of [encodeCBOR('text'), Uint8Array.of(0xff), encodeCBOR(new Map())]) {
      const message = [...toBeSigned(HEADER, new Uint8Array(0)).slice(0, -2)]
      const bytes = Uint8Array.from([...message, 0x40 + payload.length, ...payload])
      expect(read(codeOf(HEADER, new Map(), payload, ed25519.sign(bytes, SECRET)))).toEqual(TORN)
    }
  })
})

describe('what a receipt says', () => {
  const whole = toCborMap(BODY)

  test('is read back from its eight fields', () => {
    expect(fromCborMap(whole)).toEqual(BODY)
    expect(fromCborMap(new Map([...whole, [5, 0]]))).toEqual({ ...BODY, principal: 0 })
  })

  test.each([
    ...[1, 2, 3, 8].flatMap((field) => [
      [field, 7],
      [field, null],
    ]),
    ...[4, 5, 6, 7].flatMap((field) => [
      [field, '202610'],
      [field, 1.5],
      [field, -1],
      [field, null],
    ]),
  ] as [number, CBORType][])('is nothing with %i: %j', (field, value) => {
    expect(fromCborMap(new Map([...whole, [field, value]]))).toBeNull()
  })

  test('is nothing without a field, with a further one, or as another thing', () => {
    for (const field of whole.keys()) {
      const less = new Map(whole)
      less.delete(field)
      expect(fromCborMap(less)).toBeNull()
    }
    expect(fromCborMap(new Map([...whole, [9, 0]]))).toBeNull()
    expect(fromCborMap([...whole])).toBeNull()
    expect(fromCborMap(undefined)).toBeNull()
  })
})

test('of more than eight bytes a receipt’s number takes the first', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 37)
  expect(receiptNumber('2026-11-16', bytes)).toBe(receiptNumber('2026-11-16', bytes.subarray(0, 8)))
})
