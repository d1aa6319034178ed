import type { UnitPrice } from '../money'
import { type Quantity, quantity } from '../quantity'
import type { DateText } from '../time'
import { seasonTiers } from './compute-bill'
import { stepsFor } from './steps'
import type { Tariff, Tier } from './tariff'

export type TierPosition = {
  tiers: { from: Quantity; to?: Quantity; price: UnitPrice }[]
  /** Counts from 1. */
  current: number
  leftUntilNext?: Quantity
}

/** Where a household stands in its tariff: the steps, the one the next unit falls in, what is left. */
export function tierPosition(
  tariff: Tariff,
  use: { used: Quantity; people: number; date: DateText },
): TierPosition {
  const steps = stepsFor(shownTiers(tariff, use.date), tariff.people, use.people)
  const index = steps.findIndex((step) => step.upTo === undefined || use.used < step.upTo)
  const end = steps[index]?.upTo
  return {
    tiers: steps.map((step, at) => ({
      from: quantity(steps[at - 1]?.upTo ?? 0),
      ...(step.upTo === undefined ? {} : { to: step.upTo }),
      price: step.price,
    })),
    current: index + 1,
    ...(end === undefined ? {} : { leftUntilNext: quantity(end - use.used) }),
  }
}

/** The one row of steps that is shown: with bands the peak price, with components all prices added. */
function shownTiers(tariff: Tariff, on: DateText): Tier[] {
  switch (tariff.kind) {
    case 'tiers':
      return tariff.tiers
    case 'seasons':
      return seasonTiers(tariff.seasons, on)
    case 'time-of-use':
      return tariff.tiers.map(({ peak, upTo }) => ({
        price: peak,
        ...(upTo === undefined ? {} : { upTo }),
      }))
    case 'components': {
      const flat = tariff.components.reduce((sum, one) => sum + ('price' in one ? one.price : 0), 0)
      const stepped = tariff.components.find((one) => 'tiers' in one)
      const tiers = stepped !== undefined && 'tiers' in stepped ? stepped.tiers : [{ price: 0 }]
      return tiers.map((tier) => ({ ...tier, price: tier.price + flat }))
    }
  }
}
