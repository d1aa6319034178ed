import { z } from 'zod'
import { defineCall } from './call'
import { idSchema, serviceSchema } from './scalars'

/**
 * Finds an account by its number and the answer to the biller's challenge. "No such account" and
 * "wrong answer" are the same refusal, `no-match`, after the same time.
 */
export const lookUpAccount = defineCall({
  name: 'look-up-account',
  audience: 'resident',
  request: z.object({
    billerId: idSchema,
    accountNumber: z.string().max(60),
    answer: z.string().max(60),
  }),
  reply: z.object({
    accountId: idSchema,
    billerId: idSchema,
    service: serviceSchema,
    accountNumber: z.string(),
    /** Masked: one character and stars. */
    holder: z.string(),
    /** Masked: the region and about six characters. */
    address: z.string(),
    /** The resident has it already, under this label. */
    boundAs: z.string().optional(),
  }),
  refusals: [
    'unknown-biller',
    'bad-account-number',
    'too-often',
    'out-of-tries',
    'no-match',
    'suspended',
  ],
})
