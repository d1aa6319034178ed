import type { Names } from '../../contract/scalars'
import { addDays, clockTimeOf, type DateText, dateOf, type Instant } from '../../core/time'

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** '11 月 16 日', '16 November'. */
export function sayDate(date: DateText): Names {
  const { month, day } = partsOf(date)
  return { zh: `${month} 月 ${day} 日`, en: `${day} ${MONTHS[month - 1]}` }
}

/** The month of a bill: '10 月', 'October'. */
export function sayMonth(month: string): Names {
  const { month: number } = partsOf(month)
  return { zh: `${number} 月`, en: `${MONTHS[number - 1]}` }
}

/** '2026 年 10 月', 'October 2026'. */
export function sayYearMonth(month: string): Names {
  const { zh, en } = sayMonth(month)
  const year = month.slice(0, 4)
  return { zh: `${year} 年 ${zh}`, en: `${en} ${year}` }
}

/** A time of day as people write it: '14:32', '9:05'. */
export function sayClock(instant: Instant): string {
  return clockTimeOf(instant).replace(/^0/, '')
}

/** A moment as people say it now: '14:32', '明天 11:00', else with its date. */
export function sayMoment(instant: Instant, now: Instant): Names {
  const clock = sayClock(instant)
  const date = dateOf(instant)
  const today = dateOf(now)
  if (date === today) return { zh: clock, en: clock }
  if (date === addDays(today, 1)) return { zh: `明天 ${clock}`, en: `${clock} tomorrow` }
  const day = sayDate(date)
  return { zh: `${day.zh} ${clock}`, en: `${clock} on ${day.en}` }
}

/** A moment with its date: '11 月 16 日 14:19', '16 November 14:19'. */
export function sayDateAndTime(instant: Instant): Names {
  const day = sayDate(dateOf(instant))
  const clock = sayClock(instant)
  return { zh: `${day.zh} ${clock}`, en: `${day.en} ${clock}` }
}

function partsOf(text: string): { month: number; day: number } {
  const [, month = 1, day = 1] = text.split('-').map(Number)
  return { month, day }
}
