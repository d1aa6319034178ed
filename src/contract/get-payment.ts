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
import { requestPaymentSchema } from './start-payment'

/** A dated fact of the money trail, or the step that is awaited. Nothing in between is invented. */
export const trailStepSchema = z.object({
  kind: z.enum([
    'wechat',
    'settled',
    'posted',
    'rejected',
    'duplicate',
    'undone',
    'refund-asked',
    'reversed',
    'refund-sent',
    'refund-arrived',
    'refund-failed',
    'person',
    'matched',
  ]),
  /** When it happened; absent while it is awaited. */
  at: instantSchema.optional(),
  /** Awaited: by when, and whether that has passed. */
  expectedBy: instantSchema.optional(),
  late: z.boolean().optional(),
  /** Where refunded money went, in WeChat's words. */
  where: z.string().optional(),
  /** Of a refund of a part: how much. */
  amount: fenSchema.optional(),
})
export type TrailStep = z.infer<typeof trailStepSchema>

export const paymentItemSchema = z.object({
  itemNo: z.number().int(),
  accountId: idSchema,
  billId: idSchema,
  billerId: idSchema,
  billerName: namesSchema,
  service: serviceSchema,
  label: z.string(),
  household: z.string(),
  month: monthSchema,
  principal: fenSchema,
  lateFee: fenSchema,
  amount: fenSchema,
  /** Absent until the payment is paid. */
  state: itemStateSchema.optional(),
  /** Until when it can be taken back; absent when it cannot. Its posting waits so long. */
  undoUntil: instantSchema.optional(),
  /** The bill was paid by somebody else's money first: this item's amount goes back. */
  duplicate: z.boolean(),
  trail: z.array(trailStepSchema),
  /** The latest moment by which it is credited or refunded. */
  finalBy: instantSchema.optional(),
  postingNumber: z.string().optional(),
  receiptNumber: z.string().optional(),
})
export type PaymentItem = z.infer<typeof paymentItemSchema>

/**
 * Where a payment stands. When the phone comes back from WeChat's sheet it says so in `returned`,
 * and WeChat is asked at once; what the phone saw proves nothing.
 */
export const getPayment = defineCall({
  name: 'get-payment',
  audience: 'resident',
  request: z.object({ paymentId: z.string().max(64), returned: z.boolean().optional() }),
  reply: z.object({
    paymentId: idSchema,
    state: z.enum(['created', 'awaiting', 'paid', 'closed']),
    amount: fenSchema,
    expiresAt: instantSchema,
    /** The next moment at which WeChat is asked by itself. */
    nextAskAt: instantSchema.optional(),
    items: z.array(paymentItemSchema),
    /** While it can still be paid: fresh parameters to open the sheet again. */
    pay: requestPaymentSchema.optional(),
  }),
  refusals: ['not-found'],
})
