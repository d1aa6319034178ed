import { z } from 'zod'
import { defineCall } from './call'
import { idSchema, labelSchema } from './scalars'

/** Renames a bound account or moves it to another household. */
export const labelAccount = defineCall({
  name: 'label-account',
  audience: 'resident',
  request: z.object({ accountId: idSchema, label: labelSchema, household: labelSchema }),
  reply: z.object({ accountId: idSchema }),
  refusals: ['not-found'],
})
