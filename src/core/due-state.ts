import { type DateText, daysBetween } from './time'

/** Few days left: from here on the row says so. */
const SOON_DAYS = 5

export type DueState = { kind: 'late' | 'soon' | 'later'; days: number }

/** How a due date looks today: days late, or days left (0 is the last day). */
export function dueState(dueOn: DateText, today: DateText): DueState {
  const left = daysBetween(today, dueOn)
  if (left < 0) return { kind: 'late', days: -left }
  return { kind: left <= SOON_DAYS ? 'soon' : 'later', days: left }
}
