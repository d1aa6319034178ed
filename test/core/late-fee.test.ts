import { lastFreeDay, lateFeeOn } from '../../src/core/late-fee'
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
