import { z } from 'zod'
import { defineCall } from './call'
import {
  fenSchema,
  idSchema,
  instantSchema,
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
  state: z.enum(['unposted', 'posting', 'posted', 'rejected']),
})

/** The resident's receipts, newest first, twenty a page. */
export const listReceipts = defineCall({
  name: 'list-receipts',
  audience: 'resident',
  request: z.object({
    after: z.string().max(200).optional(),
    paymentId: z.string().max(64).optional(),
  }),
  reply: z.object({ rows: z.array(receiptRowSchema), next: z.string().optional() }),
  refusals: ['bad-cursor'],
})
