import { z } from 'zod'
import { defineCall } from './call'

/** The public keys that receipts verify under, kept on the phone for checks without network. */
export const listReceiptKeys = defineCall({
  name: 'list-receipt-keys',
  audience: 'resident',
  request: z.object({}),
  reply: z.object({ keys: z.array(z.object({ id: z.string(), publicKeyHex: z.string() })) }),
  refusals: [],
})
