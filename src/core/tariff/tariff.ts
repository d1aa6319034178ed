import type { UnitPrice } from '../money'
import type { Quantity } from '../quantity'
import type { DateText } from '../time'

/** A step of a tariff: up to a quantity (absent on the last), at a price per unit. */
export type Tier = { upTo?: Quantity; price: UnitPrice }
export type BandTier = { upTo?: Quantity; peak: UnitPrice; valley: UnitPrice }

/** A part of the price: with steps, or one price that never steps. */
export type Component = { name: string; tiers: Tier[] } | { name: string; price: UnitPrice }

/** Larger households have wider steps. */
export type PeopleShift = {
  /** From how many people on. */
  from: number
  raiseEachStepBy: Quantity
  /** Once, or once for each person from `from` on. */
  perExtraPerson: boolean
}

/** A published tariff, valid from a day on. A past bill is recomputed with its own tariff. */
export type Tariff = {
  id: string
  city: string
  service: 'water' | 'electricity' | 'gas'
  unit: 'm3' | 'kWh'
  /** When the use that counts for the steps begins anew; by the read date. */
  resets: 'year' | 'month'
  validFrom: DateText
  source?: string
  people?: PeopleShift
} & (
  | { kind: 'tiers'; tiers: Tier[] }
  | { kind: 'components'; components: Component[] }
  | { kind: 'time-of-use'; tiers: BandTier[] }
  | { kind: 'seasons'; seasons: { months: number[]; tiers: Tier[] }[] }
)
