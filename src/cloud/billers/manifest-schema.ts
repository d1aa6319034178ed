import { z } from 'zod'

/** What a biller is: one JSON file each. It drives account rules, challenge, payee and posting. */
const names = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const mchid = z.string().regex(/^\d{8,10}$/)
/** WeChat's fee by contract, in millionths of what is settled: 6000 is 0.6 %. Unknown: it is not checked. */
const feePerMillion = z.number().int().min(0).max(100_000).exactOptional()

const lateFeeRule = z.strictObject({
  id: z.string(),
  perTenThousandADay: z.number().int().positive(),
  anchor: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('due-date') }),
    z.strictObject({ kind: z.literal('days-after-notice'), days: z.number().int().positive() }),
    z.strictObject({ kind: z.literal('day-of-next-month'), day: z.number().int().min(1).max(28) }),
  ]),
  minimumFen: z.number().int().min(0),
  cap: z.enum(['none', 'principal']),
})

export const manifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{2,30}$/),
  names,
  legalName: z.string().min(1),
  city: z.strictObject({ id: z.string(), zh: z.string(), en: z.string() }),
  service: z.enum(['water', 'electricity', 'gas']),
  billing: z.enum(['postpaid', 'prepaid']),
  accountNumber: z.strictObject({
    rule: z.strictObject({
      digits: z.number().int().min(4).max(20),
      checkDigit: z.enum(['luhn', 'mod-11']).exactOptional(),
      letterSuffix: z.boolean().exactOptional(),
    }),
    example: z.string(),
    caption: names,
  }),
  challenge: z.enum(['name-last-character', 'address-part', 'last-amount']),
  payee: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('direct'), mchid, feePerMillion }),
    z.strictObject({ mode: z.literal('partner'), mchid, subMchid: mchid, feePerMillion }),
  ]),
  posting: z.strictObject({
    adapter: z.enum(['hosted', 'http']),
    usualMinutes: z.number().int().positive(),
    latestHours: z.number().int().positive(),
    /** How long a first payment to an account can be taken back: its posting waits so long. */
    undoMinutes: z.number().int().min(1).max(60).exactOptional(),
  }),
  closedWindows: z.array(z.strictObject({ from: clock, to: clock })),
  automaticPayment: z.boolean(),
  invoice: z.boolean(),
  tariffId: z.string(),
  lateFeeRule: lateFeeRule.exactOptional(),
  hotline: z.string(),
  hours: names,
  counter: names,
})

export type Manifest = z.output<typeof manifestSchema>
