import { z } from 'zod'
import { defineCall } from './call'
import { instantSchema } from './scalars'

/** Marks a receipt as printed, once; the second time says when and by whom. */
export const printReceipt = defineCall({
  name: 'print-receipt',
  audience: 'clerk',
  request: z.object({ receiptNumber: z.string().max(40) }),
  reply: z.object({ printedAt: instantSchema, printedBy: z.string(), again: z.boolean() }),
  refusals: ['not-found', 'not-posted'],
})
