import { z } from 'zod'
import { defineCall } from './call'
import { labelSchema } from './scalars'

/** Versions of user agreement and privacy policy that may be agreed to, by date; newest last. */
export const CONSENT_VERSIONS: readonly string[] = ['2026-11-01']

/** Records consent to a version of the agreement and policy, or the name relatives see. */
export const saveMe = defineCall({
  name: 'save-me',
  audience: 'resident',
  request: z.object({
    consentVersion: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
    knownAs: labelSchema.optional(),
  }),
  reply: z.object({}),
  refusals: ['unknown-version'],
})
