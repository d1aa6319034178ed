import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

/** Epoch milliseconds. */
export type Instant = number
/** A day in Asia/Shanghai, 'YYYY-MM-DD'. */
export type DateText = string
/** A month in Asia/Shanghai, 'YYYY-MM'. */
export type MonthText = string

/** China has one time zone and no summer time since 1991: a fixed offset, in minutes. */
const OFFSET = 8 * 60
const DAY_MS = 86_400_000

/** The day in Asia/Shanghai on which an instant falls. */
export function dateOf(instant: Instant): DateText {
  return dayjs(instant).utcOffset(OFFSET).format('YYYY-MM-DD')
}

export function monthOf(date: DateText): MonthText {
  return date.slice(0, 7)
}

export function addDays(date: DateText, days: number): DateText {
  return dayjs.utc(date).add(days, 'day').format('YYYY-MM-DD')
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: DateText, to: DateText): number {
  return Math.round((dayjs.utc(to).valueOf() - dayjs.utc(from).valueOf()) / DAY_MS)
}

export function addMonths(month: MonthText, months: number): MonthText {
  return dayjs.utc(`${month}-01`).add(months, 'month').format('YYYY-MM')
}

/** The instant of a clock time ('HH:mm') on a day in Asia/Shanghai. */
export function instantAt(date: DateText, clock: string): Instant {
  return dayjs.utc(`${date}T${clock}:00`).valueOf() - OFFSET * 60_000
}

/** A day in Asia/Shanghai, from its first instant up to the next day's. */
export function boundsOf(date: DateText): { from: Instant; to: Instant } {
  const from = dayjs.utc(date).valueOf() - OFFSET * 60_000
  return { from, to: from + DAY_MS }
}

/** 'HH:mm' in Asia/Shanghai. */
export function clockTimeOf(instant: Instant): string {
  return dayjs(instant).utcOffset(OFFSET).format('HH:mm')
}

/** 'HH:mm:ss' in Asia/Shanghai. */
export function clockSecondsOf(instant: Instant): string {
  return dayjs(instant).utcOffset(OFFSET).format('HH:mm:ss')
}

/** '2026-11-16T14:19:02+08:00', as WeChat Pay writes time (RFC 3339). */
export function toRfc3339(instant: Instant): string {
  return dayjs(instant).utcOffset(OFFSET).format()
}

/** Reads an RFC 3339 time with any offset; NaN when it is not one. */
export function parseRfc3339(text: string): Instant {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
  return shape.test(text) ? Date.parse(text) : Number.NaN
}
