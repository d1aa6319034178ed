import { z } from 'zod'
import { defineCall } from './call'
import { idSchema, instantSchema } from './scalars'

/** Ends the link to an account; binding again needs no challenge until `undoUntil`. */
export const unbindAccount = defineCall({
  name: 'unbind-account',
  audience: 'resident',
  request: z.object({ accountId: idSchema }),
  reply: z.object({ undoUntil: instantSchema }),
  refusals: ['not-found'],
})
