import { type Fen, lineAmount, roundedShare, sumFen, type UnitPrice } from '../money'
import { type Quantity, quantity } from '../quantity'
import type { DateText } from '../time'
import { spread, stepsFor } from './steps'
import type { BandTier, Component, Tariff, Tier } from './tariff'

/** One line of a bill: a quantity at a price, rounded half-up to the fen once. */
export type BillLine = {
  item: string
  tier?: number
  band?: 'peak' | 'valley'
  unit: 'm3' | 'kWh'
  quantity: Quantity
  unitPrice: UnitPrice
  amount: Fen
}

export type MeterUse = {
  usage: Quantity | { peak: Quantity; valley: Quantity }
  /** Used since the steps last began anew, before this period. */
  usedBefore?: Quantity
  /** When that use was counted up to: it is old, and counts nothing, if a new year has begun since. */
  usedBeforeOn?: DateText
  people?: number
  readDate: DateText
}

const ITEM = { water: '水费', electricity: '电费', gas: '燃气费' } as const

/**
 * The bill for a period's use. A period belongs to the year, and to the season, of its read date; a
 * usage may cross steps in mid-period. The sum of the lines is the bill.
 */
export function computeBill(tariff: Tariff, use: MeterUse): { lines: BillLine[]; totalFen: Fen } {
  const lines = linesOf(tariff, use)
  return { lines, totalFen: sumFen(lines.map((line) => line.amount)) }
}

function linesOf(tariff: Tariff, use: MeterUse): BillLine[] {
  switch (tariff.kind) {
    case 'tiers':
      return tierLines(tariff, tariff.tiers, use, ITEM[tariff.service])
    case 'seasons':
      return tierLines(tariff, seasonTiers(tariff.seasons, use.readDate), use, ITEM[tariff.service])
    case 'components':
      return tariff.components.flatMap((component) => componentLines(tariff, component, use))
    case 'time-of-use':
      return bandLines(tariff, tariff.tiers, use)
  }
}

/** The steps of the season in which a day falls. */
export function seasonTiers(
  seasons: readonly { months: number[]; tiers: Tier[] }[],
  on: DateText,
): Tier[] {
  const season = seasons.find((one) => one.months.includes(Number(on.slice(5, 7))))
  if (season === undefined) throw new Error(`no season has the month of ${on}`)
  return season.tiers
}

function tierLines(
  tariff: Tariff,
  tiers: readonly Tier[],
  use: MeterUse,
  item: string,
): BillLine[] {
  const steps = stepsFor(tiers, tariff.people, use.people ?? 1)
  return spread(steps, countedBefore(tariff, use), wholeUsage(use)).map((part) => ({
    item,
    tier: part.step,
    unit: tariff.unit,
    quantity: part.quantity,
    unitPrice: part.tier.price,
    amount: lineAmount(part.quantity, part.tier.price),
  }))
}

function componentLines(tariff: Tariff, component: Component, use: MeterUse): BillLine[] {
  if ('tiers' in component) return tierLines(tariff, component.tiers, use, component.name)
  const usage = wholeUsage(use)
  if (usage === 0) return []
  const amount = lineAmount(usage, component.price)
  return [
    {
      item: component.name,
      unit: tariff.unit,
      quantity: usage,
      unitPrice: component.price,
      amount,
    },
  ]
}

/** What lies in each step is split in proportion to the period's peak and valley use. */
function bandLines(tariff: Tariff, tiers: readonly BandTier[], use: MeterUse): BillLine[] {
  const { usage } = use
  if (typeof usage === 'number') throw new Error('a time-of-use bill needs peak and valley use')
  const total = wholeUsage(use)
  const steps = stepsFor(tiers, tariff.people, use.people ?? 1)
  let peakLeft: number = usage.peak
  const parts = spread(steps, countedBefore(tariff, use), total)
  return parts.flatMap((part, index) => {
    const isLast = index === parts.length - 1
    const peak = isLast ? peakLeft : roundedShare(part.quantity, usage.peak, total)
    peakLeft -= peak
    const bands = [
      { band: 'peak' as const, quantity: quantity(peak), unitPrice: part.tier.peak },
      {
        band: 'valley' as const,
        quantity: quantity(part.quantity - peak),
        unitPrice: part.tier.valley,
      },
    ]
    return bands
      .filter((one) => one.quantity > 0)
      .map((one) => ({
        item: ITEM[tariff.service],
        tier: part.step,
        unit: tariff.unit,
        ...one,
        amount: lineAmount(one.quantity, one.unitPrice),
      }))
  })
}

function wholeUsage({ usage }: MeterUse): Quantity {
  return typeof usage === 'number' ? usage : quantity(usage.peak + usage.valley)
}

/** Use before this period counts only within the same year, and never where steps are monthly. */
function countedBefore(tariff: Tariff, { usedBefore, usedBeforeOn, readDate }: MeterUse): Quantity {
  if (tariff.resets === 'month' || usedBefore === undefined) return quantity(0)
  if (usedBeforeOn !== undefined && usedBeforeOn.slice(0, 4) !== readDate.slice(0, 4))
    return quantity(0)
  return usedBefore
}
