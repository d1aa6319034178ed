import { z } from 'zod'
import { defineCall } from './call'
import { fenSchema, idSchema, instantSchema, namesSchema } from './scalars'

/** The tab "Me": sums, the consent on record, what relatives see, and the clerk's desk if any. */
export const getMe = defineCall({
  name: 'get-me',
  audience: 'resident',
  request: z.object({}),
  reply: z.object({
    households: z.number().int(),
    accounts: z.number().int(),
    receipts: z.number().int(),
    paidThisYear: fenSchema,
    /** How relatives see this resident ("姐姐"). */
    knownAs: z.string().optional(),
    consent: z.object({ version: z.string(), at: instantSchema }).optional(),
    staff: z
      .object({
        billerId: idSchema,
        billerName: namesSchema,
        role: z.enum(['clerk', 'supervisor']),
      })
      .optional(),
  }),
  refusals: [],
})
