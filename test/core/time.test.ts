import {
  boundsOf,
  clockSecondsOf,
  instantAt,
  monthOf,
  parseRfc3339,
  toRfc3339,
} from '../../src/core/time'

const AT = Date.parse('2026-11-16T06:19:02Z')

describe('time in Shanghai as text', () => {
  test('is written as WeChat Pay writes it, and read back', () => {
    expect(toRfc3339(AT)).toBe('2026-11-16T14:19:02+08:00')
    expect(clockSecondsOf(AT)).toBe('14:19:02')
    expect(monthOf('2026-11-16')).toBe('2026-11')
    expect(instantAt('2026-11-16', '14:19')).toBe(AT - 2_000)
  })

  test('a day lasts from its first instant up to the next day’s', () => {
    expect(boundsOf('2026-11-30')).toEqual({
      from: Date.parse('2026-11-30T00:00:00+08:00'),
      to: Date.parse('2026-12-01T00:00:00+08:00'),
    })
  })

  test.each([
    ['2026-11-16T06:19:02Z', AT],
    ['2026-11-16T14:19:02+08:00', AT],
    ['2026-11-16T01:19:02-05:00', AT],
    ['2026-11-16T14:19:02.25+08:00', AT + 250],
  ])('%s is read', (text, instant) => {
    expect(parseRfc3339(text)).toBe(instant)
  })

  test.each([
    ' 2026-11-16T14:19:02+08:00',
    '2026-11-16T14:19:02+08:00 ',
    '2026-11-16T14:19:02',
    '2026-11-16T14:19:02.+08:00',
    '2026-11-16T14:19:02.x+08:00',
    '+002026-11-16T14:19:02Z',
  ])('"%s" is not', (text) => {
    expect(parseRfc3339(text)).toBeNaN()
  })
})
