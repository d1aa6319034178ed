import { z } from 'zod'
import { defineCall } from './call'
import { idSchema, labelSchema } from './scalars'

/** Saves the link to an account that was looked up in the last ten minutes. */
export const bindAccount = defineCall({
  name: 'bind-account',
  audience: 'resident',
  request: z.object({ accountId: idSchema, label: labelSchema, household: labelSchema }),
  reply: z.object({ accountId: idSchema }),
  refusals: ['not-looked-up', 'too-many-accounts'],
})
