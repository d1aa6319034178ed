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

/** What all bills of a month that the filter lets through come to, whichever page they are on. */
export const monthSumsSchema = z.object({
  month: monthSchema,
  count: z.number().int(),
  /** Still to be paid, a relative's payment under way included; as of today. */
  due: fenSchema,
  /** Paid; what the biller did not take is in neither sum. */
  paid: fenSchema,
})
export type MonthSums = z.infer<typeof monthSumsSchema>

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
  reply: z.object({
    rows: z.array(billRowSchema),
    /** Of every month on this page, in its order. */
    months: z.array(monthSumsSchema),
    next: z.string().optional(),
  }),
  refusals: ['bad-cursor'],
})
