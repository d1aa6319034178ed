import { z } from 'zod'
import { defineCall } from './call'
import {
  areDifferentBills,
  billRefSchema,
  dateSchema,
  fenSchema,
  idSchema,
  instantSchema,
  monthSchema,
  namesSchema,
  serviceSchema,
} from './scalars'

export const quoteItemSchema = z.object({
  accountId: idSchema,
  billId: idSchema,
  billerId: idSchema,
  billerName: namesSchema,
  legalName: z.string(),
  service: serviceSchema,
  label: z.string(),
  household: z.string(),
  accountNumber: z.string(),
  holder: z.string(),
  address: z.string(),
  month: monthSchema,
  dueOn: dateSchema,
  principal: fenSchema,
  lateFee: fenSchema,
  total: fenSchema,
  /** This resident never paid for this account before: the page asks to look twice. */
  firstPayment: z.boolean(),
  /** For how many minutes after paying it can be taken back; absent where it cannot. */
  undoMinutes: z.number().int().optional(),
})
export type QuoteItem = z.infer<typeof quoteItemSchema>

/** What the pay page shows before the tap: whom, for what, how much, and in how many payments. */
export const quotePayment = defineCall({
  name: 'quote-payment',
  audience: 'resident',
  request: z.object({ bills: z.array(billRefSchema).min(1).max(40).refine(areDifferentBills) }),
  reply: z.object({
    /** One entry per payment: what cannot join one WeChat order becomes a further payment. */
    payments: z.array(z.object({ items: z.array(quoteItemSchema), total: fenSchema })),
    total: fenSchema,
    /** How long the bills will be held once the payment starts. */
    heldUntil: instantSchema,
    /** The resident's own payment that holds one of these bills: resume it instead. */
    resume: z.object({ paymentId: idSchema, until: instantSchema }).optional(),
    /** Bills asked for that cannot be paid now, each with its reason. */
    left: z.array(
      z.object({
        accountId: idSchema,
        billId: idSchema,
        billerName: namesSchema,
        label: z.string(),
        household: z.string(),
        total: fenSchema,
        reason: z.enum(['already-paid', 'being-paid', 'closed-window', 'suspended']),
        payer: z.string().optional(),
        from: instantSchema.optional(),
        until: instantSchema.optional(),
      }),
    ),
  }),
  refusals: ['not-found'],
})
