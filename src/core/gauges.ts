import type { Instant } from './time'

/** What is measured of everything that has not ended yet. */
export const GAUGES = [
  'unsettled',
  'unposted',
  'refund',
  'person-task',
  'difference',
  'daily-file',
  'dispute',
  'ledger-flaw',
] as const
export type Gauge = (typeof GAUGES)[number]

/** How many have not ended, and since when the oldest; of disputes, when the next answer is due. Null when there is none. */
export type GaugeReading = { gauge: Gauge; open: number; since: Instant | null }

const HOUR_MS = 3_600_000

/**
 * How old the oldest may become. A payment that is past its expiry is asked hourly; the slowest manifest
 * credits within a day; WeChat brings a refund to a card within three working days; a day cut waits for the
 * day after; files are there from ten on. A ledger that does
 * not agree rings at once, and a dispute once its answer is due.
 */
export const GAUGE_LIMITS_MS: Record<Gauge, number> = {
  unsettled: 3 * HOUR_MS,
  unposted: 24 * HOUR_MS,
  refund: 5 * 24 * HOUR_MS,
  'person-task': 24 * HOUR_MS,
  difference: 3 * 24 * HOUR_MS,
  'daily-file': 24 * HOUR_MS,
  dispute: 0,
  'ledger-flaw': 0,
}

/** Whether somebody has to look at it now. */
export function isOverLimit({ gauge, since }: GaugeReading, now: Instant): boolean {
  return since !== null && now - since >= GAUGE_LIMITS_MS[gauge]
}
