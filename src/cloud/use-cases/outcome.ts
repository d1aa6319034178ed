import type { Call, RefusalDetails, ReplyOf } from '../../contract/call'

/** What a use case gives for a call: its reply, or one of the call's own refusals. */
export type Outcome<C extends Call> =
  | { ok: true; reply: ReplyOf<C> }
  | { ok: false; reason: C['refusals'][number]; details?: RefusalDetails }

export function done<C extends Call>(reply: ReplyOf<C>): Outcome<C> {
  return { ok: true, reply }
}

export function refuse<C extends Call>(
  reason: C['refusals'][number],
  details?: RefusalDetails,
): Outcome<C> {
  return details === undefined ? { ok: false, reason } : { ok: false, reason, details }
}
