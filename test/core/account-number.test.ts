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
    [LUHN, '6022144180', 'check-digit'],
  ] as const)('%o refuses "%s" as %s', (rule, typed, reason) => {
    expect(checkAccountNumber(rule, typed)).toEqual({ ok: false, reason })
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
