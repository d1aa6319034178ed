import { z } from 'zod'

/** Who may make a call: anyone inside WeChat, or a biller's staff. */
export type Audience = 'resident' | 'clerk'

/** One cloud call: schemas for what goes in and out, and its expected refusals in order. */
export type Call<
  Name extends string = string,
  Request extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Reason extends string = string,
> = {
  name: Name
  audience: Audience
  request: Request
  reply: Reply
  refusals: readonly Reason[]
}

/** Declares a call; the literal types of its name and refusals are kept. */
export function defineCall<
  const Name extends string,
  Request extends z.ZodType,
  Reply extends z.ZodType,
  const Reason extends string,
>(call: Call<Name, Request, Reply, Reason>): Call<Name, Request, Reply, Reason> {
  return call
}

/**
 * Refusals that every call may give, before its own: the event has no known shape, the platform
 * named no caller, the caller's role does not allow it, or a neighbour failed ("try again").
 */
export const GENERAL_REFUSALS = ['malformed', 'no-identity', 'not-allowed', 'try-again'] as const
export type GeneralRefusal = (typeof GENERAL_REFUSALS)[number]

/** What a refusal may tell beside its reason, so that the phone can say a whole sentence. */
export const refusalDetailsSchema = z.object({
  /** Wrong answers that are left today. */
  triesLeft: z.number().int().optional(),
  /** What the refused bill costs now, in fen. */
  amountDue: z.number().int().optional(),
  /** Since when, or from when, it cannot be done. */
  from: z.number().int().optional(),
  /** Until when it cannot be done, or when it can be done again. */
  until: z.number().int().optional(),
  /** The label of the relative who is paying; absent when that person chose none. */
  payer: z.string().optional(),
  /** The bill or account that is the cause. */
  accountId: z.string().optional(),
  billId: z.string().optional(),
  billerId: z.string().optional(),
  /** The resident's own payment that holds the bill: resume it instead. */
  paymentId: z.string().optional(),
  /** The id under which the log knows a fault. */
  errorId: z.string().optional(),
})
export type RefusalDetails = z.infer<typeof refusalDetailsSchema>

/** What travels to the `api` function. Identity is not in it: the platform's context has that. */
export const eventSchema = z.object({ call: z.string().max(40), request: z.unknown() })
export type CallEvent = z.infer<typeof eventSchema>

/** What comes back from the `api` function. */
export type Answer<C extends Call> =
  | { ok: true; reply: ReplyOf<C> }
  | { ok: false; reason: ReasonOf<C>; details?: RefusalDetails }

export type RequestOf<C extends Call> = z.input<C['request']>
export type ReplyOf<C extends Call> = z.output<C['reply']>
export type ReasonOf<C extends Call> = C['refusals'][number] | GeneralRefusal
