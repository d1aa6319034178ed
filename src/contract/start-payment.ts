import { z } from 'zod'
import { defineCall } from './call'
import { areDifferentBills, billRefSchema, fenSchema, idSchema, instantSchema } from './scalars'

/** The parameters of wx.requestPayment, as the platform names them. */
export const requestPaymentSchema = z.object({
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal('RSA'),
  paySign: z.string(),
})
export type RequestPaymentParameters = z.infer<typeof requestPaymentSchema>

/**
 * Locks the bills, fixes the amount and orders at WeChat. The same id with the same contents gives
 * the same payment for ever; the parameters may be signed afresh. `amountSeen` is compared only.
 */
export const startPayment = defineCall({
  name: 'start-payment',
  audience: 'resident',
  request: z.object({
    /** Made by the phone: 128 random bits in 26 base-32 characters. */
    paymentId: z.string().max(64),
    items: z
      .array(billRefSchema.extend({ amountSeen: z.number().int() }))
      .min(1)
      .max(40)
      .refine(areDifferentBills),
  }),
  reply: z.object({
    paymentId: idSchema,
    state: z.enum(['created', 'awaiting', 'paid', 'closed']),
    amount: fenSchema,
    expiresAt: instantSchema,
    /** Absent once the payment is paid or closed. */
    pay: requestPaymentSchema.optional(),
  }),
  refusals: [
    'bad-payment-id',
    'too-many-items',
    'different-contents',
    'not-found',
    'suspended',
    'already-paid',
    'being-paid',
    'closed-window',
    'amount-changed',
    'cannot-join',
  ],
})
