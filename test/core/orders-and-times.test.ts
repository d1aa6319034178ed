import fc from 'fast-check'
import { closedFrom, expiryFor, isClosedAt, nextOpening } from '../../src/core/closed-window'
import { dueState } from '../../src/core/due-state'
import { type PlannedItem, planOrders } from '../../src/core/order-plan'
import { isPaymentId, newPaymentId, orderNumber, paymentIdOf } from '../../src/core/payment-id'
import {
  addDays,
  addMonths,
  clockTimeOf,
  dateOf,
  daysBetween,
  instantAt,
  parseRfc3339,
  toRfc3339,
} from '../../src/core/time'
import { nextAskAt, nextPostAt } from '../../src/core/waits'

const MINUTE = 60_000
const NIGHT = [{ from: '23:30', to: '00:30' }]
const at = (clock: string, date = '2026-11-16') => instantAt(date, clock)

describe('payments are grouped into orders', () => {
  const partner = (billerId: string, subMchid: string): PlannedItem => ({
    key: `${billerId}/${subMchid}`,
    billerId,
    payee: { mode: 'partner', mchid: '1900000100', subMchid },
  })
  const direct: PlannedItem = {
    key: 'gas',
    billerId: 'gas',
    payee: { mode: 'direct', mchid: '1900000301' },
  }

  test('one payee makes an ordinary order, several a combined one', () => {
    expect(planOrders([partner('a', '1'), partner('a', '1')])).toMatchObject([{ kind: 'ordinary' }])
    expect(planOrders([partner('a', '1'), partner('b', '2')])).toMatchObject([
      { kind: 'combined', groups: [{}, {}] },
    ])
  })

  test('another initiator or mode becomes a payment of its own', () => {
    const plans = planOrders([partner('a', '1'), direct, partner('b', '2')])
    expect(plans.map((plan) => [plan.kind, plan.groups.length])).toEqual([
      ['combined', 2],
      ['ordinary', 1],
    ])
  })

  test('no payment has more than ten payees or twelve items, and no item is lost', () => {
    const items = fc.array(
      fc
        .tuple(fc.nat(14), fc.boolean())
        .map(([payee, isDirect]) =>
          isDirect ? { ...direct, key: '' } : partner(`b${payee}`, `sub${payee}`),
        ),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(items, (some) => {
        const named = some.map((item, index) => ({ ...item, key: `k${index}` }))
        const plans = planOrders(named)
        const keys = plans.flatMap((plan) => plan.groups.flatMap((group) => group.keys))
        return (
          [...keys].sort().join() ===
            named
              .map((item) => item.key)
              .sort()
              .join() &&
          plans.every(
            (plan) =>
              plan.groups.length <= 10 &&
              plan.groups.reduce((sum, group) => sum + group.keys.length, 0) <= 12,
          )
        )
      }),
    )
  })
})

describe('a closed window', () => {
  test.each([
    ['23:29', false],
    ['23:30', true],
    ['00:00', true],
    ['00:29', true],
    ['00:30', false],
    ['12:00', false],
  ])('over midnight at %s', (clock, closed) => {
    expect(isClosedAt(NIGHT, at(clock))).toBe(closed)
  })

  test('cuts an order to a minute before it, and stops one that would be too short', () => {
    expect(expiryFor(NIGHT, at('12:00'))).toBe(at('12:15'))
    expect(expiryFor(NIGHT, at('23:20'))).toBe(at('23:29'))
    expect(expiryFor(NIGHT, at('23:28'))).toBeNull()
    expect(expiryFor(NIGHT, at('23:45'))).toBeNull()
    expect(nextOpening(NIGHT, at('23:45'))).toBe(at('00:30', '2026-11-17'))
  })

  test.each([
    ['23:28', '23:30', '2026-11-16'],
    ['23:45', '23:30', '2026-11-16'],
    ['00:10', '23:30', '2026-11-15'],
    ['12:00', '23:30', '2026-11-16'],
  ])('at %s it is closed from %s of %s', (clock, from, day) => {
    expect(closedFrom(NIGHT, at(clock))).toBe(at(from, day))
    expect(closedFrom([], at(clock))).toBeNull()
  })
})

describe('waits', () => {
  test('WeChat is asked first within a minute, at most twelve times before the expiry, then hourly', () => {
    const start = at('14:00')
    const expiry = start + 15 * MINUTE
    const asked: number[] = []
    let now = start
    for (let asks = 0; asks < 20; asks += 1) {
      now = nextAskAt(start, expiry, now)
      asked.push(now)
    }
    expect((asked[0] ?? 0) - start).toBeLessThanOrEqual(MINUTE)
    expect(asked.filter((time) => time < expiry).length).toBeLessThanOrEqual(12)
    expect(asked).toEqual([...asked].sort((one, other) => one - other))
    expect((asked.at(-1) ?? 0) - (asked.at(-2) ?? 0)).toBe(60 * MINUTE)
  })

  test('a phone that asks in between changes nothing of when WeChat is asked next', () => {
    const start = at('14:00')
    const expiry = start + 15 * MINUTE
    const planned = nextAskAt(start, expiry, start)
    expect(nextAskAt(start, expiry, start + 1_000)).toBe(planned)
    expect(nextAskAt(start, expiry, planned - 1)).toBe(planned)
    expect(nextAskAt(start, expiry, planned)).toBeGreaterThan(planned)
  })

  test('a posting waits longer each time, an hour at most', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((attempts) => nextPostAt(0, attempts))
    expect(waits).toEqual([...waits].sort((one, other) => one - other))
    expect(waits.at(-1)).toBe(3_600_000)
  })
})

describe('a payment id', () => {
  test('carries 128 bits, and an order number leads back to it', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 99 }), (some, order) => {
        const id = newPaymentId(some)
        return isPaymentId(id) && paymentIdOf(orderNumber(id, order)) === id
      }),
    )
  })

  test.each(['', 'ABC', '8'.repeat(26), `${'0'.repeat(25)}U`, '0'.repeat(27)])(
    '"%s" is none',
    (text) => {
      expect(isPaymentId(text)).toBe(false)
      expect(paymentIdOf(text)).toBeNull()
    },
  )
})

describe('time in Shanghai', () => {
  test('does not depend on the machine, and days are whole', () => {
    expect(dateOf(Date.parse('2026-11-16T16:00:00Z'))).toBe('2026-11-17')
    expect(clockTimeOf(Date.parse('2026-11-16T15:59:00Z'))).toBe('23:59')
    expect(addMonths('2026-01', -2)).toBe('2025-11')
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2)
  })

  test('dates, days and RFC 3339 invert each other', () => {
    const instants = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
    fc.assert(fc.property(instants, (instant) => parseRfc3339(toRfc3339(instant)) === instant))
    fc.assert(
      fc.property(instants, fc.integer({ min: -4000, max: 4000 }), (instant, days) => {
        const date = dateOf(instant)
        return daysBetween(date, addDays(date, days)) === days
      }),
    )
  })

  test.each(['', 'yesterday', '2026-11-16', '2026-11-16 14:00:00'])(
    '"%s" is no instant',
    (text) => {
      expect(parseRfc3339(text)).toBeNaN()
    },
  )

  test.each([
    ['2026-11-16', { kind: 'soon', days: 0 }],
    ['2026-11-15', { kind: 'late', days: 1 }],
    ['2026-11-21', { kind: 'soon', days: 5 }],
    ['2026-11-22', { kind: 'later', days: 6 }],
  ])('a bill due on %s', (dueOn, state) => {
    expect(dueState(dueOn, '2026-11-16')).toEqual(state)
  })
})
