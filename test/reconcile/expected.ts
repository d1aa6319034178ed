import type { DifferenceReason, FileSource } from '../../src/core/reconciliation'
import type { Chance } from '../../src/simulators/seeded-chance'
import type { Became } from './became'
import type { MadeItem, MadePayment } from './made-day'

/** What must be found of a planted difference, and how it must end. */
export type Expected = {
  kind: string
  paymentId: string
  ownerId: string
  source: FileSource
  reason: DifferenceReason
  /** After the first run. */
  ends: 'done' | 'open' | 'person'
  /** It ends with the day after, whose file has the other half. */
  isPairedNextDay?: boolean
  planted: { payment: MadePayment; item: MadeItem }
  /** Whether that was done which is safe, and nothing else, on every side: when the day after is over. */
  isSafe: IsSafe
  /** The same at the end of the first run, before any other timer ran. */
  isSafeAtOnce: IsSafe
}

export type IsSafe = (now: Became, item: MadeItem, before: Became) => boolean

export type Plant = {
  kind: string
  source: FileSource
  reason: DifferenceReason
  ends: Expected['ends']
  isPairedNextDay?: boolean
  isSafe: IsSafe
  /** Where the rest of it takes time. */
  isSafeAtOnce?: IsSafe
  suits: (payment: MadePayment, item: MadeItem) => boolean
  /** Changes one side; says under which payment it must be found, if not under this. */
  change: (payment: MadePayment, item: MadeItem, chance: Chance) => string | undefined
}
