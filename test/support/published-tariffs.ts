import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LateFeeRule } from '../../src/core/late-fee'
import type { Quantity } from '../../src/core/quantity'
import type { Tariff } from '../../src/core/tariff/tariff'

/** The published prices with worked examples, as data; shapes are turned into core's here. */
type Published = {
  tariffs: (Record<string, unknown> & { id: string })[]
  workedBills: {
    tariff: string
    usage: number | { peak: number; valley: number }
    usedBefore?: number
    people?: number
    readDate?: string
    fen: number
    lines?: number[]
  }[]
  workedLateFees: {
    rule: string
    principalFen: number
    due?: string
    notice?: string
    billMonth?: string
    paid: string
    daysLate: number
    fen: number
  }[]
}

export const PUBLISHED = JSON.parse(
  readFileSync(join(__dirname, 'tariffs.json'), 'utf8'),
) as Published

export function publishedTariff(id: string): Tariff {
  const found = PUBLISHED.tariffs.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no tariff ${id}`)
  const kind =
    'components' in found
      ? 'components'
      : 'seasons' in found
        ? 'seasons'
        : 'timeOfUse' in found
          ? 'time-of-use'
          : 'tiers'
  return { ...found, kind } as unknown as Tariff
}

export const LATE_FEE_RULES: Record<string, LateFeeRule> = {
  'electricity-resident': {
    id: 'electricity-resident',
    perTenThousandADay: 10,
    anchor: { kind: 'due-date' },
    minimumFen: 100,
    cap: 'none',
  },
  'water-fifteen-days-after-notice': {
    id: 'water-fifteen-days-after-notice',
    perTenThousandADay: 50,
    anchor: { kind: 'days-after-notice', days: 15 },
    minimumFen: 0,
    cap: 'none',
  },
  'water-tenth-of-next-month': {
    id: 'water-tenth-of-next-month',
    perTenThousandADay: 50,
    anchor: { kind: 'day-of-next-month', day: 10 },
    minimumFen: 0,
    cap: 'principal',
  },
}

export type AnyUsage = Quantity | { peak: Quantity; valley: Quantity }
