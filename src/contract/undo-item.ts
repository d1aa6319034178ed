import { z } from 'zod'
import { defineCall } from './call'
import { instantSchema } from './scalars'

/**
 * Takes one bill of a paid payment back before its biller is told; its money goes back by rule. Once
 * it was taken back the same call gives the same answer.
 */
export const undoItem = defineCall({
  name: 'undo-item',
  audience: 'resident',
  request: z.object({
    paymentId: z.string().max(64),
    itemNo: z.number().int().min(1).max(99),
  }),
  reply: z.object({ undoneAt: instantSchema }),
  refusals: ['not-found', 'not-paid', 'not-undoable', 'too-late', 'being-refunded'],
})
