import fc from 'fast-check'
import { newPaymentId, orderNumber, paymentIdOf, postingIdOf } from '../../src/core/payment-id'

const ID = newPaymentId(new Uint8Array(16).fill(7))
/** Crockford's characters in the order of what they stand for. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('a payment id', () => {
  test('is its sixteen bytes as one number in Crockford’s base 32', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const value = Array.from(newPaymentId(bytes)).reduce(
          (sum, character) => sum * 32n + BigInt(CROCKFORD.indexOf(character)),
          0n,
        )
        expect(value).toBe(BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
      }),
    )
  })

  test.each([0, 15, 17])('is not made of %i bytes', (length) => {
    expect(() => newPaymentId(new Uint8Array(length))).toThrow(
      `a payment id takes 16 random bytes, not ${length}`,
    )
  })
})

it('an item is known to its biller by its payment and its number', () => {
  expect(postingIdOf({ paymentId: ID, itemNo: 12 })).toBe(`${ID}-12`)
})

describe('an order number', () => {
  test.each([
    [0, '00'],
    [7, '07'],
    [99, '99'],
  ])('of order %i ends in %s', (order, digits) => {
    expect(orderNumber(ID, order)).toBe(`${ID}${digits}`)
  })

  test.each([-1, 100, 1.5])('is not made for order %d', (order) => {
    expect(() => orderNumber(ID, order)).toThrow(`no order ${order}`)
  })

  test.each([ID, `${ID}1`, `${ID}123`, `${ID}a12`, `${ID}12a`, `${ID.toLowerCase()}01`])(
    '%s is none of ours',
    (number) => {
      expect(paymentIdOf(number)).toBeNull()
    },
  )
})
