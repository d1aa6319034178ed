import { z } from 'zod'
import type { ItemState } from '../core/item'
import type { Fen } from '../core/money'
import type { Quantity } from '../core/quantity'

/** Integer fen. */
export const fenSchema = z
  .number()
  .int()
  .transform((value) => value as Fen)
/** Integer hundredths of a unit. */
export const quantitySchema = z
  .number()
  .int()
  .transform((value) => value as Quantity)
/** Epoch milliseconds. */
export const instantSchema = z.number().int()
/** A day in Asia/Shanghai. */
export const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** A month in Asia/Shanghai. */
export const monthSchema = z.string().regex(/^\d{4}-\d{2}$/)
/** Our own keys: derived, never guessable. */
export const idSchema = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/)
export const serviceSchema = z.enum(['water', 'electricity', 'gas'])
export type Service = z.infer<typeof serviceSchema>
/** Where the posting of a paid item stands; `undone` was taken back by who paid. */
export const itemStateSchema = z.enum([
  'unposted',
  'posting',
  'posted',
  'rejected',
  'undone',
]) satisfies z.ZodType<ItemState>
/** A name in both languages. */
export const namesSchema = z.object({ zh: z.string(), en: z.string() })
export type Names = z.infer<typeof namesSchema>
/** What a resident may call an account, a household or themself. */
export const labelSchema = z.string().trim().min(1).max(12)
export const billRefSchema = z.object({ accountId: idSchema, billId: idSchema })
export type BillRef = z.infer<typeof billRefSchema>
/** No bill may be named twice: it would be paid twice. */
export function areDifferentBills(refs: readonly BillRef[]): boolean {
  return new Set(refs.map((ref) => `${ref.accountId}/${ref.billId}`)).size === refs.length
}
