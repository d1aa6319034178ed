import { type Fen, fen, roundedShare } from './money'
import { type Quantity, quantity } from './quantity'
import type { BillLine } from './tariff/compute-bill'

export type ExplainedBill = { usage: Quantity; lines: readonly BillLine[]; principalFen: Fen }

/** One reason why a bill differs from an earlier one, in fen; positive is dearer. */
export type WhyPart = {
  kind: 'usage' | 'tier' | 'price'
  amount: Fen
  /** usage: how much more was used; tier: how much more fell into that tier. */
  quantity?: Quantity
  tier?: number
  /** tier: how much dearer a unit is there than in the tier before, in 1/10000 yuan. */
  dearerBy?: number
}

/**
 * Why a bill changed, in parts that add up to the difference: more or less use at the lowest price
 * that both share, more in a dearer tier, and other prices. The rounding rest goes into the last.
 */
export function whyChanged(
  now: ExplainedBill,
  earlier: ExplainedBill,
): { difference: Fen; parts: WhyPart[] } {
  const difference = fen(now.principalFen - earlier.principalFen)
  const parts = [...usagePart(now, earlier), ...tierParts(now, earlier)]
  return { difference, parts: withRest(difference, parts) }
}

function usagePart(now: ExplainedBill, earlier: ExplainedBill): WhyPart[] {
  const more = now.usage - earlier.usage
  if (more === 0) return []
  return [
    {
      kind: 'usage',
      quantity: quantity(more),
      amount: roundedShare(more, referencePrice(earlier), 10_000),
    },
  ]
}

/** What one more unit would have cost in the earlier bill: its dearest tier's price. */
function referencePrice({ lines }: ExplainedBill): number {
  const prices = new Map<string, number>()
  for (const line of lines) {
    if (line.band === 'valley') continue
    prices.set(line.item, Math.max(prices.get(line.item) ?? 0, line.unitPrice))
  }
  return [...prices.values()].reduce((sum, price) => sum + price, 0)
}

/** For each tier above the earlier bill's highest: what was used there costs so much more a unit. */
function tierParts(now: ExplainedBill, earlier: ExplainedBill): WhyPart[] {
  const highest = Math.max(0, ...earlier.lines.map((line) => line.tier ?? 0))
  const reference = referencePrice(earlier)
  const flat = flatPrice(now)
  const above = now.lines.filter(
    (line) => (line.tier ?? 0) > highest && highest > 0 && line.band !== 'valley',
  )
  return above.map((line) => {
    const dearerBy = line.unitPrice + flat - reference
    return {
      kind: 'tier',
      tier: line.tier ?? 0,
      quantity: line.quantity,
      dearerBy,
      amount: roundedShare(line.quantity, dearerBy, 10_000),
    }
  })
}

/** The price of the parts that never step. */
function flatPrice({ lines }: ExplainedBill): number {
  return lines
    .filter((line) => line.tier === undefined)
    .reduce((sum, line) => sum + line.unitPrice, 0)
}

/** A small rest is rounding and goes into the last part; a large one is a change of prices. */
function withRest(difference: Fen, parts: WhyPart[]): WhyPart[] {
  const rest = difference - parts.reduce((sum, part) => sum + part.amount, 0)
  const last = parts.at(-1)
  if (rest === 0) return parts
  if (last !== undefined && Math.abs(rest) <= parts.length + 2) {
    return [...parts.slice(0, -1), { ...last, amount: fen(last.amount + rest) }]
  }
  return [...parts, { kind: 'price', amount: fen(rest) }]
}
