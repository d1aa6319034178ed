import fc from 'fast-check'
import { type LateFeeRule, lastFreeDay, lateFeeOn } from '../../src/core/late-fee'
import { fen } from '../../src/core/money'
import { addDays, daysBetween } from '../../src/core/time'
import { LATE_FEE_RULES, PUBLISHED } from '../support/published-tariffs'

const rule = (id: string) => LATE_FEE_RULES[id] as (typeof LATE_FEE_RULES)[string]
const facts = (one: (typeof PUBLISHED.workedLateFees)[number]) => ({
  principal: fen(one.principalFen),
  dueOn: one.due ?? '2099-01-01',
  noticeOn: one.notice ?? '2099-01-01',
  billMonth: one.billMonth ?? '2099-01',
})

it.each(PUBLISHED.workedLateFees)(
  '$rule: $daysLate days late on $principalFen fen is $fen fen',
  (worked) => {
    const used = rule(worked.rule)
    expect(daysBetween(lastFreeDay(used, facts(worked)), worked.paid)).toBe(worked.daysLate)
    expect(lateFeeOn(used, facts(worked), worked.paid)).toBe(worked.fen)
  },
)

it('is nothing up to the last free day and begins the day after', () => {
  const worked = {
    rule: 'electricity-resident',
    principalFen: 24274,
    due: '2026-03-10',
    paid: '',
    daysLate: 0,
    fen: 0,
  }
  expect(lateFeeOn(rule(worked.rule), facts(worked), '2026-03-10')).toBe(0)
  expect(lateFeeOn(rule(worked.rule), facts(worked), addDays('2026-03-10', 1))).toBe(100)
})

it('counts from a day of the next month, which may have one digit', () => {
  const used: LateFeeRule = {
    ...rule('water-tenth-of-next-month'),
    anchor: { kind: 'day-of-next-month', day: 5 },
  }
  const bill = {
    principal: fen(10_000),
    dueOn: '2099-01-01',
    noticeOn: '2099-01-01',
    billMonth: '2026-12',
  }
  expect(lastFreeDay(used, bill)).toBe('2027-01-05')
  expect(lateFeeOn(used, bill, '2027-01-06')).toBe(50)
})

it('is nothing without a rule or without a principal', () => {
  const worked = {
    rule: 'electricity-resident',
    principalFen: 0,
    due: '2026-03-10',
    paid: '',
    daysLate: 0,
    fen: 0,
  }
  expect(lateFeeOn(undefined, { ...facts(worked), principal: fen(100) }, '2026-05-10')).toBe(0)
  expect(lateFeeOn(rule('electricity-resident'), facts(worked), '2026-05-10')).toBe(0)
})

describe('a late fee, whatever the rule', () => {
  const rules: fc.Arbitrary<LateFeeRule> = fc.record({
    id: fc.constant('r'),
    perTenThousandADay: fc.integer({ min: 1, max: 100 }),
    anchor: fc.oneof(
      fc.record({ kind: fc.constant('due-date' as const) }),
      fc.record({
        kind: fc.constant('days-after-notice' as const),
        days: fc.integer({ min: 1, max: 60 }),
      }),
      fc.record({
        kind: fc.constant('day-of-next-month' as const),
        day: fc.integer({ min: 1, max: 28 }),
      }),
    ),
    minimumFen: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000 })),
    cap: fc.constantFrom('none' as const, 'principal' as const),
  })
  const principals = fc.integer({ min: 1, max: 10_000_000 })
  /** Bills of late in the year too, so that the days run over its end. */
  const months = fc.constantFrom('2026-02', '2026-10', '2026-11', '2026-12', '2028-02')
  const days = fc.integer({ min: 1, max: 800 })
  const owed = (principal: number, month: string) => ({
    principal: fen(principal),
    dueOn: `${month}-28`,
    noticeOn: `${month}-14`,
    billMonth: month,
  })
  const fee = (used: LateFeeRule, principal: number, month: string, late: number) => {
    const bill = owed(principal, month)
    return lateFeeOn(used, bill, addDays(lastFreeDay(used, bill), late))
  }

  it('never falls as days pass, nor for more owed', () => {
    fc.assert(
      fc.property(rules, principals, months, days, days, (used, principal, month, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)]
        expect(fee(used, principal, month, late)).toBeGreaterThanOrEqual(
          fee(used, principal, month, early),
        )
        expect(fee(used, principal + b, month, a)).toBeGreaterThanOrEqual(
          fee(used, principal, month, a),
        )
      }),
    )
  })

  it('is nothing until the last free day, and from the next on its floor at least, its cap at most', () => {
    fc.assert(
      fc.property(rules, principals, months, days, (used, principal, month, late) => {
        expect(fee(used, principal, month, 1 - late)).toBe(0)
        const grown = fee(used, principal, month, late)
        const most = used.cap === 'principal' ? principal : Number.POSITIVE_INFINITY
        expect(grown).toBeLessThanOrEqual(most)
        expect(grown).toBeGreaterThanOrEqual(Math.min(used.minimumFen, most))
      }),
    )
  })

  it('adds up over the end of a year: so many days before it and so many after, but for rounding', () => {
    const plain = rules.map((used) => ({ ...used, minimumFen: 0, cap: 'none' as const }))
    fc.assert(
      fc.property(
        plain,
        principals,
        months,
        days,
        days,
        (used, principal, month, first, second) => {
          const apart = fee(used, principal, month, first) + fee(used, principal, month, second)
          expect(Math.abs(fee(used, principal, month, first + second) - apart)).toBeLessThanOrEqual(
            1,
          )
        },
      ),
    )
  })

  it('grows by the same share every day, 31 December and 1 January alike', () => {
    const used = rule('electricity-resident')
    const bill = { ...owed(10_000_000, '2026-12'), dueOn: '2026-12-25' }
    const fees = Array.from({ length: 14 }, (_, day) =>
      lateFeeOn(used, bill, addDays('2026-12-26', day)),
    )
    expect(fees).toEqual(fees.map((_, day) => (day + 1) * 10_000))
  })
})
