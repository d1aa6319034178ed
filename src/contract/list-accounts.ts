import { z } from 'zod'
import { defineCall } from './call'
import {
  dateSchema,
  fenSchema,
  idSchema,
  instantSchema,
  monthSchema,
  namesSchema,
  serviceSchema,
} from './scalars'

/** Where a bill stands for a person who looks at it. */
export const billStandingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('due') }),
  /** Someone's payment holds it until WeChat says paid or closed. */
  z.object({
    kind: z.literal('paying'),
    /** This very resident: the phone resumes that payment. */
    mine: z.boolean(),
    paymentId: idSchema.optional(),
    payer: z.string().optional(),
    until: instantSchema,
  }),
  /** WeChat took the money; the biller has not credited it yet. */
  z.object({
    kind: z.literal('unposted'),
    paidAt: instantSchema,
    expectedBy: instantSchema,
    late: z.boolean(),
  }),
  z.object({ kind: z.literal('posted'), paidAt: instantSchema }),
  z.object({ kind: z.literal('rejected'), paidAt: instantSchema }),
  /** Paid at a counter or elsewhere, as the biller says. */
  z.object({ kind: z.literal('paid-elsewhere') }),
  z.object({ kind: z.literal('void') }),
])
export type BillStanding = z.infer<typeof billStandingSchema>

export const dueBillSchema = z.object({
  billId: idSchema,
  month: monthSchema,
  dueOn: dateSchema,
  principal: fenSchema,
  /** As of today. */
  lateFee: fenSchema,
  total: fenSchema,
  standing: billStandingSchema,
})
export type DueBill = z.infer<typeof dueBillSchema>

export const boundAccountSchema = z.object({
  accountId: idSchema,
  billerId: idSchema,
  billerName: namesSchema,
  service: serviceSchema,
  label: z.string(),
  household: z.string(),
  /** Whole: the resident is bound to it. */
  accountNumber: z.string(),
  holder: z.string(),
  address: z.string(),
  billing: z.enum(['postpaid', 'prepaid']),
  /** Prepaid only: money not used yet, and about how many days it lasts. */
  balance: fenSchema.optional(),
  balanceDays: z.number().int().optional(),
  /** Bills that are due, being paid, or paid and not yet posted; oldest first. */
  bills: z.array(dueBillSchema),
  nextBillOn: dateSchema.optional(),
  /** This month used at least 1.4 times as much as the same month last year. */
  spikePercent: z.number().int().optional(),
  suspended: z.boolean(),
})
export type BoundAccount = z.infer<typeof boundAccountSchema>

/** The home screen: every bound account with what is due, in the resident's own order. */
export const listAccounts = defineCall({
  name: 'list-accounts',
  audience: 'resident',
  request: z.object({}),
  reply: z.object({ asOf: instantSchema, accounts: z.array(boundAccountSchema) }),
  refusals: [],
})
