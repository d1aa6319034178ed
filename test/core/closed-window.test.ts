import {
  type ClosedWindow,
  closedFrom,
  expiryFor,
  isClosedAt,
  nextClosing,
  nextOpening,
} from '../../src/core/closed-window'
import { instantAt } from '../../src/core/time'

const at = (clock: string, date = '2026-11-16') => instantAt(date, clock)
const NIGHT = { from: '23:30', to: '00:30' }
const NOON = { from: '12:00', to: '13:00' }
const EVENING = { from: '22:00', to: '23:30' }

describe('whether a biller is closed', () => {
  test.each<[string, ClosedWindow[], boolean]>([
    ['11:59', [NOON], false],
    ['12:00', [NOON], true],
    ['12:59', [NOON], true],
    ['13:00', [NOON], false],
    ['23:45', [NOON], false],
    ['12:30', [NIGHT, NOON], true],
    ['12:30', [{ from: '12:30', to: '12:30' }], false],
    ['12:30', [], false],
  ])('at %s with the windows %j', (clock, windows, closed) => {
    expect(isClosedAt(windows, at(clock))).toBe(closed)
  })
})

describe('when it opens', () => {
  test.each<[string, ClosedWindow[], number]>([
    ['12:30', [], at('12:30')],
    ['12:30', [NOON], at('13:00')],
    ['11:00', [NOON], at('13:00')],
    ['13:00', [NOON], at('13:00', '2026-11-17')],
    ['22:30', [EVENING, NIGHT], at('00:30', '2026-11-17')],
    ['12:30', [NOON, NIGHT], at('13:00')],
  ])('at %s with the windows %j', (clock, windows, opening) => {
    expect(nextOpening(windows, at(clock))).toBe(opening)
  })
})

describe('when it closes, or has closed', () => {
  test('the window that has begun counts, else the next to begin', () => {
    expect(closedFrom([NOON], at('12:00'))).toBe(at('12:00'))
    expect(closedFrom([NOON, NIGHT], at('12:30'))).toBe(at('12:00'))
    expect(closedFrom([NOON, NIGHT], at('13:00'))).toBe(at('23:30'))
  })

  test('the next of several windows, tomorrow’s if today’s has begun', () => {
    expect(nextClosing([NIGHT, NOON], at('11:00'))).toBe(at('12:00'))
    expect(nextClosing([NOON], at('12:00'))).toBe(at('12:00', '2026-11-17'))
    expect(nextClosing([], at('11:00'))).toBeNull()
  })
})

describe('until when an order can be paid', () => {
  test.each<[string, ClosedWindow[], number | null]>([
    ['12:00', [], at('12:15')],
    ['11:44', [NOON], at('11:59')],
    ['11:50', [NOON], at('11:59')],
    ['11:57', [NOON], at('11:59')],
    ['11:58', [NOON], null],
    ['12:30', [NOON], null],
  ])('begun at %s with the windows %j', (clock, windows, expiry) => {
    expect(expiryFor(windows, at(clock))).toBe(expiry)
  })
})
