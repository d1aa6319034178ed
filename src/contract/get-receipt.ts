import { z } from 'zod'
import { defineCall } from './call'
import {
  dateSchema,
  fenSchema,
  idSchema,
  instantSchema,
  itemStateSchema,
  monthSchema,
  namesSchema,
  serviceSchema,
} from './scalars'

/** One receipt: what was signed, and beside it the live answers (posting, refund, print). */
export const getReceipt = defineCall({
  name: 'get-receipt',
  audience: 'resident',
  request: z.object({ receiptNumber: z.string().max(40) }),
  reply: z.object({
    receiptNumber: z.string(),
    /** The text of the QR code. */
    code: z.string(),
    billerId: idSchema,
    billerName: namesSchema,
    legalName: z.string(),
    service: serviceSchema,
    label: z.string(),
    household: z.string(),
    accountNumber: z.string(),
    holder: z.string(),
    month: monthSchema,
    dueOn: dateSchema,
    principal: fenSchema,
    lateFee: fenSchema,
    daysLate: z.number().int(),
    amount: fenSchema,
    paidAt: instantSchema,
    transactionId: z.string(),
    paymentId: idSchema,
    state: itemStateSchema,
    /** Until when it can be taken back; absent when it cannot. */
    undoUntil: instantSchema.optional(),
    /** The bill was paid by somebody else's money first: this receipt's amount goes back. */
    duplicate: z.boolean(),
    /** What went back so far; 0 when nothing did. */
    refunded: fenSchema,
    postingNumber: z.string().optional(),
    postedAt: instantSchema.optional(),
    printedAt: instantSchema.optional(),
    asOf: instantSchema,
  }),
  refusals: ['not-found'],
})
