import { z } from 'zod'
import { fenSchema, quantitySchema } from '../../contract/scalars'
import { sumFen } from '../../core/money'
import { REJECTIONS, REVERSAL_REFUSALS } from './biller'

/** The answers of the open biller protocol, as in docs/biller-protocol.yaml. */
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const accountSchema = z.object({
  accountNumber: z.string(),
  holderName: z.string(),
  address: z.string(),
  phone: z.string().optional(),
  meterNumber: z.string(),
  people: z.number().int().positive(),
  state: z.enum(['active', 'suspended']),
  prepaidBalance: fenSchema.optional(),
  lastPaidAmount: fenSchema.optional(),
})

const lineSchema = z.object({
  item: z.string(),
  tier: z.number().int().positive().exactOptional(),
  band: z.enum(['peak', 'valley']).exactOptional(),
  unit: z.enum(['m3', 'kWh']),
  quantity: quantitySchema,
  unitPrice: z.number().int(),
  amount: fenSchema,
})

const billSchema = z
  .object({
    billId: z.string().max(64),
    revision: z.number().int().positive(),
    month: z.string().regex(/^\d{4}-\d{2}$/),
    periodFrom: date,
    periodTo: date,
    issuedOn: date,
    noticeOn: date.optional(),
    dueOn: date,
    previousReading: quantitySchema,
    currentReading: quantitySchema,
    readOn: date,
    readKind: z.enum(['actual', 'estimated']),
    usage: quantitySchema,
    usedBefore: quantitySchema,
    lines: z.array(lineSchema),
    principal: fenSchema,
    tariffVersion: z.string(),
    status: z.enum(['due', 'paid', 'void']),
  })
  .refine(({ lines, principal }) => sumFen(lines.map((line) => line.amount)) === principal, {
    path: ['principal'],
    message: 'is not the sum of the lines',
  })

export const billsSchema = z.object({ bills: z.array(billSchema) })

export const outcomeSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('posted'), postingNumber: z.string(), postedAt: z.number().int() }),
  z.object({ state: z.literal('rejected'), code: z.enum(REJECTIONS) }),
])

export const statusSchema = z.discriminatedUnion('state', [
  ...outcomeSchema.options,
  z.object({ state: z.literal('absent') }),
])

export const reversalSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('reversed'),
    reversalNumber: z.string().max(64),
    reversedAt: z.number().int(),
  }),
  z.object({ state: z.literal('refused'), code: z.enum(REVERSAL_REFUSALS) }),
])

/** What an answer other than 200 says. */
export const errorSchema = z.object({ code: z.string() })
