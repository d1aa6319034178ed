import {
  clockTimeOf,
  type DateText,
  dateOf,
  type Instant,
  type MonthText,
} from '../../../core/time'

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

export type Language = 'zh' | 'en'

/** '11 月 16 日', '16 November'. */
export function dayText(language: Language, date: DateText): string {
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8, 10))
  return language === 'zh' ? `${month} 月 ${day} 日` : `${day} ${MONTHS[month - 1]}`
}

/** '2026 年 10 月', 'October 2026'. */
export function monthText(language: Language, month: MonthText): string {
  const number = Number(month.slice(5, 7))
  return language === 'zh'
    ? `${month.slice(0, 4)} 年 ${number} 月`
    : `${MONTHS[number - 1]} ${month.slice(0, 4)}`
}

/** '10 月', 'October'. */
export function shortMonthText(language: Language, month: MonthText): string {
  const number = Number(month.slice(5, 7))
  return language === 'zh' ? `${number} 月` : `${MONTHS[number - 1]}`
}

/** '11 月 16 日 9:05', '16 November 9:05'. */
export function momentText(language: Language, instant: Instant): string {
  return `${dayText(language, dateOf(instant))} ${clockTimeOf(instant).replace(/^0/, '')}`
}
