import { type Quantity, quantity } from '../quantity'
import type { PeopleShift } from './tariff'

/** One step's share of a usage. `step` counts from 1. */
export type StepPart<Step> = { step: number; tier: Step; quantity: Quantity }

/** Raises the limits of the steps for a household of so many people. */
export function stepsFor<Step extends { upTo?: Quantity }>(
  steps: readonly Step[],
  shift: PeopleShift | undefined,
  people: number,
): Step[] {
  const times =
    shift === undefined || people < shift.from
      ? 0
      : shift.perExtraPerson
        ? people - shift.from + 1
        : 1
  const raise = times * (shift?.raiseEachStepBy ?? 0)
  return steps.map((step) =>
    step.upTo === undefined ? step : { ...step, upTo: quantity(step.upTo + raise) },
  )
}

/** Spreads a usage over the steps, given what was used of them before; empty parts are left out. */
export function spread<Step extends { upTo?: Quantity }>(
  steps: readonly Step[],
  usedBefore: Quantity,
  usage: Quantity,
): StepPart<Step>[] {
  const end = usedBefore + usage
  const parts: StepPart<Step>[] = []
  let from: number = 0
  for (const [index, tier] of steps.entries()) {
    const to = tier.upTo ?? Number.POSITIVE_INFINITY
    const share = Math.min(end, to) - Math.max(usedBefore, from)
    if (share > 0) parts.push({ step: index + 1, tier, quantity: quantity(share) })
    from = to
  }
  return parts
}
