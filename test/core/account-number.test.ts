import fc from 'fast-check'
import {
  type AccountNumberRule,
  checkAccountNumber,
  checkDigitFor,
  normaliseAccountNumber,
} from '../../src/core/account-number'

const WATER: AccountNumberRule = { digits: 9, letterSuffix: true }
const POWER: AccountNumberRule = { digits: 12 }
const LUHN: AccountNumberRule = { digits: 10, checkDigit: 'luhn' }

describe('an account number', () => {
  test.each([
    [WATER, '310407216A', '310407216A'],
    [WATER, ' 3104 0721 6a ', '310407216A'],
    [WATER, '３１０４０７２１６Ａ', '310407216A'],
    [WATER, '3104-0721-6A', '310407216A'],
    [POWER, '4410 2093 3317', '441020933317'],
  ])('%o takes "%s"', (rule, typed, number) => {
    expect(checkAccountNumber(rule, typed)).toEqual({ ok: true, number })
  })

  test.each([
    [WATER, '', 'empty'],
    [WATER, '   ', 'empty'],
    [WATER, '31040721', 'too-short'],
    [WATER, '310407216', 'letter-missing'],
    [WATER, '3104072166A', 'too-long'],
    [WATER, '31040721$A', 'bad-character'],
    [WATER, '310407A16A', 'bad-character'],
    [POWER, '44102093331', 'too-short'],
    [POWER, '4410209333178', 'too-long'],
    [POWER, '441020933317A', 'bad-character'],
    [{ digits: 10, checkDigit: 'mod-11' }, '1000005000', 'check-digit'],
    [LUHN, '6022144180', 'check-digit'],
  ] as const)('%o refuses "%s" as %s', (rule, typed, reason) => {
    expect(checkAccountNumber(rule, typed)).toEqual({ ok: false, reason })
  })

  // Luhn: ISO/IEC 7812's worked number and a card number for tests. Modulo 11 with the weights 2 to 7
  // from the right: Norwegian account numbers, Chilean identity numbers (their K is no digit).
  test.each([
    ['luhn', '7992739871', '3'],
    ['luhn', '453957876362148', '6'],
    ['luhn', '0000000000', '0'],
    ['mod-11', '8601111794', '7'],
    ['mod-11', '1234567890', '3'],
    ['mod-11', '12345678', '5'],
    ['mod-11', '0000000', '0'],
    ['mod-11', '1000005', null],
  ] as const)('has by %s behind %s the digit %s', (kind, body, digit) => {
    expect(checkDigitFor(kind, body)).toBe(digit)
  })

  test('with its check digit is right, with any other digit in its place wrong', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9}$/), (body) => {
        const right = checkDigitFor('luhn', body)
        return Array.from({ length: 10 }, (_, digit) => String(digit)).every(
          (digit) => checkAccountNumber(LUHN, body + digit).ok === (digit === right),
        )
      }),
    )
  })

  test('is normal after it was made normal once', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = normaliseAccountNumber(text)
        return normaliseAccountNumber(once) === once
      }),
    )
  })
})
