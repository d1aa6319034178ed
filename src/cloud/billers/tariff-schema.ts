import { z } from 'zod'
import { quantitySchema } from '../../contract/scalars'
import type { Tariff } from '../../core/tariff/tariff'

/** A tariff as its JSON file writes it: one per published price list, dated, so that a past bill can be recomputed. */
const price = z.number().int().positive()
const quantity = quantitySchema.refine((value) => value > 0, 'must be more than nothing')
const date = z.iso.date()

const tier = z.strictObject({ upTo: quantity.exactOptional(), price })
const bandTier = z.strictObject({ upTo: quantity.exactOptional(), peak: price, valley: price })

/** Every step ends above the one before it, and the last never. */
const steps = <Step extends z.ZodType<{ upTo?: number }>>(step: Step) =>
  z.array(step).refine(areSteps, 'must rise from step to step, the last without an end')

function areSteps(all: readonly { upTo?: number }[]): boolean {
  return (
    all.length > 0 &&
    all.every(({ upTo }, index) =>
      index === all.length - 1 ? upTo === undefined : (upTo ?? 0) > (all[index - 1]?.upTo ?? 0),
    )
  )
}

const component = z.union([
  z.strictObject({ name: z.string().min(1), tiers: steps(tier) }),
  z.strictObject({ name: z.string().min(1), price }),
])
const season = z.strictObject({
  months: z.array(z.number().int().min(1).max(12)),
  tiers: steps(tier),
})

const shared = {
  id: z.string().regex(/^[a-z][a-z0-9-]+$/),
  city: z.string().min(1),
  service: z.enum(['water', 'electricity', 'gas']),
  unit: z.enum(['m3', 'kWh']),
  resets: z.enum(['year', 'month']),
  validFrom: date,
  source: z.url().exactOptional(),
  people: z
    .strictObject({
      from: z.number().int().min(2),
      raiseEachStepBy: quantity,
      perExtraPerson: z.boolean(),
    })
    .exactOptional(),
}

export const tariffSchema: z.ZodType<Tariff> = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...shared, kind: z.literal('tiers'), tiers: steps(tier) }),
    z.strictObject({ ...shared, kind: z.literal('time-of-use'), tiers: steps(bandTier) }),
    z.strictObject({
      ...shared,
      kind: z.literal('components'),
      components: z.array(component).min(1),
    }),
    z.strictObject({
      ...shared,
      kind: z.literal('seasons'),
      seasons: z.array(season).refine(coverTheYear, 'must hold each month once'),
    }),
  ])
  .refine(({ service, unit }) => (service === 'electricity') === (unit === 'kWh'), {
    path: ['unit'],
    message: 'is not what the service is measured in',
  })

function coverTheYear(seasons: readonly { months: readonly number[] }[]): boolean {
  const months = seasons.flatMap((one) => one.months)
  return months.length === 12 && new Set(months).size === 12
}
