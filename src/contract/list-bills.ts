import { z } from 'zod'
import { defineCall } from './call'
import { billStandingSchema } from './list-accounts'
import { dateSchema, fenSchema, idSchema, monthSchema, namesSchema, serviceSchema } from './scalars'

export const billRowSchema = z.object({
  accountId: idSchema,
  billId: idSchema,
  billerName: namesSchema,
  service: serviceSchema,
  label: z.string(),
  household: z.string(),
  month: monthSchema,
  dueOn: dateSchema,
  total: fenSchema,
  standing: billStandingSchema,
})
export type BillRow = z.infer<typeof billRowSchema>

/** All bills of the bound accounts, newest month first, twenty a page. */
export const listBills = defineCall({
  name: 'list-bills',
  audience: 'resident',
  request: z.object({
    /** What the page before gave as `next`. */
    after: z.string().max(200).optional(),
    accountId: idSchema.optional(),
    household: z.string().max(40).optional(),
    service: serviceSchema.optional(),
    state: z.enum(['due', 'paid']).optional(),
  }),
  reply: z.object({ rows: z.array(billRowSchema), next: z.string().optional() }),
  refusals: ['bad-cursor'],
})
