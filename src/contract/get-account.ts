import { z } from 'zod'
import { defineCall } from './call'
import { boundAccountSchema } from './list-accounts'
import { dateSchema, fenSchema, idSchema, monthSchema, quantitySchema } from './scalars'

const tierSchema = z.object({
  tier: z.number().int(),
  from: quantitySchema,
  /** Absent on the last tier. */
  to: quantitySchema.optional(),
  /** 1/10000 yuan per unit; the peak price where there are bands. */
  price: z.number().int(),
})

/** One account: who, what is owed, the tier it is in and its use over 24 months. */
export const getAccount = defineCall({
  name: 'get-account',
  audience: 'resident',
  request: z.object({ accountId: idSchema }),
  reply: z.object({
    account: boundAccountSchema,
    meterNumber: z.string(),
    unit: z.enum(['m3', 'kWh']),
    tariff: z.object({ id: z.string(), validFrom: dateSchema, resets: z.enum(['year', 'month']) }),
    tiers: z.object({
      rows: z.array(tierSchema),
      used: quantitySchema,
      current: z.number().int(),
      leftUntilNext: quantitySchema.optional(),
    }),
    /** Oldest first, at most 24 months; a month without a reading is missing, never zero. */
    usage: z.array(
      z.object({
        month: monthSchema,
        usage: quantitySchema,
        estimated: z.boolean(),
        amount: fenSchema,
      }),
    ),
    /** What the next bill may be, from the last twelve months. */
    forecast: z.object({ month: monthSchema, usage: quantitySchema, amount: fenSchema }).optional(),
    bills: z.number().int(),
    receipts: z.number().int(),
  }),
  refusals: ['not-found'],
})
