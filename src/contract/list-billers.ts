import { z } from 'zod'
import { defineCall } from './call'
import { idSchema, namesSchema, serviceSchema } from './scalars'

/** What a phone may know of a biller: its manifest without merchant numbers. */
export const publicBillerSchema = z.object({
  id: idSchema,
  names: namesSchema,
  legalName: z.string(),
  cityId: idSchema,
  service: serviceSchema,
  billing: z.enum(['postpaid', 'prepaid']),
  /** The rule of core/account-number, so that the phone can check while one types. */
  accountNumber: z.object({
    rule: z.custom<import('../core/account-number').AccountNumberRule>(
      (value) => typeof value === 'object',
    ),
    example: z.string(),
    caption: namesSchema,
  }),
  challenge: z.enum(['name-last-character', 'address-part', 'last-amount']),
  closedWindows: z.array(z.object({ from: z.string(), to: z.string() })),
  usualMinutes: z.number().int(),
  automaticPayment: z.boolean(),
  invoice: z.boolean(),
  hotline: z.string(),
  hours: namesSchema,
  counter: namesSchema,
})
export type PublicBiller = z.infer<typeof publicBillerSchema>

/** Cities and their billers: what one can add an account of. */
export const listBillers = defineCall({
  name: 'list-billers',
  audience: 'resident',
  request: z.object({}),
  reply: z.object({
    cities: z.array(
      z.object({ id: idSchema, names: namesSchema, billers: z.array(publicBillerSchema) }),
    ),
  }),
  refusals: [],
})
