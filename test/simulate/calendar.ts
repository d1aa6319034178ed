import type { DateText } from '../../src/core/time'

/** The town keeps its own calendar: whatever is judged reckons days by another. China's clocks have stood at +08:00 since 1991. */
const AHEAD_MS = 8 * 3_600_000
const DAY_MS = 24 * 3_600_000

/** On which day of Asia/Shanghai an instant (Unix ms) lies. */
export function dayOf(at: number): DateText {
  return new Date(at + AHEAD_MS).toISOString().slice(0, 10) as DateText
}

/** The day so many days later. */
export function laterDay(day: DateText, days: number): DateText {
  return dayOf(momentOf(day, '12:00') + days * DAY_MS)
}

/** The instant (Unix ms) at which clocks in Asia/Shanghai show `HH:MM` on a day. */
export function momentOf(day: DateText, clock: string): number {
  return Date.parse(`${day}T${clock}:00+08:00`)
}
