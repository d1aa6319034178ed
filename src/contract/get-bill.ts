import { z } from 'zod'
import { defineCall } from './call'
import { billStandingSchema } from './list-accounts'
import {
  dateSchema,
  fenSchema,
  idSchema,
  monthSchema,
  namesSchema,
  quantitySchema,
  serviceSchema,
} from './scalars'

export const billLineSchema = z.object({
  item: z.string(),
  tier: z.number().int().optional(),
  band: z.enum(['peak', 'valley']).optional(),
  unit: z.enum(['m3', 'kWh']),
  quantity: quantitySchema,
  /** 1/10000 yuan per unit. */
  unitPrice: z.number().int(),
  amount: fenSchema,
})

const whySchema = z.object({
  month: monthSchema,
  /** Positive: this bill is more. The parts add up to it. */
  difference: fenSchema,
  parts: z.array(
    z.object({
      kind: z.enum(['usage', 'tier', 'price', 'late-fee']),
      amount: fenSchema,
      quantity: quantitySchema.optional(),
      tier: z.number().int().optional(),
      /** Tier parts: how much dearer a unit is there, in 1/10000 yuan. */
      dearerBy: z.number().int().optional(),
    }),
  ),
})
export type Why = z.infer<typeof whySchema>

/** One bill with its explanation: lines, tiers, readings, late fee, and why it changed. */
export const getBill = defineCall({
  name: 'get-bill',
  audience: 'resident',
  request: z.object({ accountId: idSchema, billId: idSchema }),
  reply: z.object({
    accountId: idSchema,
    billId: idSchema,
    billerId: idSchema,
    billerName: namesSchema,
    service: serviceSchema,
    label: z.string(),
    household: z.string(),
    accountNumber: z.string(),
    month: monthSchema,
    revision: z.number().int(),
    periodFrom: dateSchema,
    periodTo: dateSchema,
    issuedOn: dateSchema,
    dueOn: dateSchema,
    previousReading: quantitySchema,
    currentReading: quantitySchema,
    readOn: dateSchema,
    readKind: z.enum(['actual', 'estimated']),
    unit: z.enum(['m3', 'kWh']),
    usage: quantitySchema,
    lines: z.array(billLineSchema),
    /** As of today; once it is paid, as it was paid. */
    principal: fenSchema,
    lateFee: fenSchema,
    total: fenSchema,
    /** What it costs tomorrow, where a late fee grows. */
    totalTomorrow: fenSchema,
    daysLate: z.number().int(),
    /** Parts per 10,000 a day; absent where the biller has no late fee. */
    lateFeeRate: z.number().int().optional(),
    tariff: z.object({ id: z.string(), validFrom: dateSchema }),
    standing: billStandingSchema,
    /** The resident's own payment that holds or paid the bill: its money trail can be looked at. */
    paymentId: idSchema.optional(),
    /** Of the resident's own payment only. */
    receiptNumber: z.string().optional(),
    sinceLastMonth: whySchema.optional(),
    sinceLastYear: whySchema.optional(),
  }),
  refusals: ['not-found'],
})
