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

/** Both columns of the eight checks: what the receipt says and what is known now. */
const checkedReceiptSchema = z.object({
  receiptNumber: z.string(),
  billerId: idSchema,
  billerName: namesSchema,
  service: serviceSchema,
  /** Last four. */
  accountTail: z.string(),
  /** Masked. */
  holder: z.string(),
  month: monthSchema,
  principal: fenSchema,
  lateFee: fenSchema,
  amount: fenSchema,
  paidAt: instantSchema,
  dueOn: dateSchema,
  daysLate: z.number().int(),
  /** Last four of WeChat's order number, looked up at WeChat just now. */
  transactionTail: z.string(),
  wechat: z.enum(['paid', 'not-paid', 'not-asked']),
  state: itemStateSchema,
  /** Until when who paid can take it back; absent when that is over. */
  undoUntil: instantSchema.optional(),
  /** The bill was paid by somebody else's money first: this receipt's amount goes back. */
  duplicate: z.boolean(),
  /** What went back so far; 0 when nothing did. */
  refunded: fenSchema,
  /** Not yet posted: the latest moment by which it is credited or refunded. */
  finalBy: instantSchema.optional(),
  postingNumber: z.string().optional(),
  postedAt: instantSchema.optional(),
  printedAt: instantSchema.optional(),
  printedBy: z.string().optional(),
})
export type CheckedReceipt = z.infer<typeof checkedReceiptSchema>

/**
 * A clerk's check of a code or a typed number. A forged, torn or foreign code is a verdict, not an
 * error. A receipt of another biller is `foreign` to this clerk.
 */
export const checkReceipt = defineCall({
  name: 'check-receipt',
  audience: 'clerk',
  request: z.object({
    code: z.string().max(400).optional(),
    receiptNumber: z.string().max(40).optional(),
  }),
  reply: z.object({
    /** `returning`: genuine, but the money goes back: refused, paid twice, taken back by who paid, or being refunded. */
    verdict: z.enum(['posted', 'unposted', 'returning', 'refunded', 'printed', 'foreign']),
    /** Why it is foreign. */
    why: z
      .enum(['torn', 'foreign', 'unknown-key', 'forged', 'unknown-number', 'other-biller'])
      .optional(),
    receipt: checkedReceiptSchema.optional(),
    asOf: instantSchema,
  }),
  refusals: ['nothing-to-check'],
})
