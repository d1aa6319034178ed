import { z } from 'zod'
import { defineCall } from './call'
import {
  fenSchema,
  idSchema,
  instantSchema,
  itemStateSchema,
  monthSchema,
  namesSchema,
  serviceSchema,
} from './scalars'

export const receiptRowSchema = z.object({
  receiptNumber: z.string(),
  paymentId: idSchema,
  billerName: namesSchema,
  service: serviceSchema,
  label: z.string(),
  household: z.string(),
  month: monthSchema,
  amount: fenSchema,
  paidAt: instantSchema,
  state: itemStateSchema,
  /** The bill was paid by somebody else's money first: this receipt's amount goes back. */
  duplicate: z.boolean(),
  /** What went back so far; 0 when nothing did. */
  refunded: fenSchema,
})

/** The resident's own receipts, newest first, twenty a page; of one payment or one account if asked. */
export const listReceipts = defineCall({
  name: 'list-receipts',
  audience: 'resident',
  request: z.object({
    after: z.string().max(200).optional(),
    paymentId: z.string().max(64).optional(),
    accountId: idSchema.optional(),
  }),
  reply: z.object({ rows: z.array(receiptRowSchema), next: z.string().optional() }),
  refusals: ['bad-cursor'],
})
