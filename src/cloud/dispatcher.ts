import { eventSchema, type RefusalDetails } from '../contract/call'
import { CALLS, type CallName } from '../contract/calls'
import { ANSWERS, isCallName } from './answers'
import type { Log } from './log'
import { type StaffMember, staffOf } from './postgres/residents'
import { newErrorId } from './use-cases/new-error-id'
import type { Caller, Ports } from './use-cases/ports'

export type DispatchedAnswer =
  | { ok: true; reply: unknown }
  | { ok: false; reason: string; details?: RefusalDetails }

/** CloudBase takes text bodies of at most 100 KB. */
const EVENT_BYTES_MAX = 100 * 1024

/**
 * Event → contract → use case → answer. Identity is the platform's, never the event's; a clerk's
 * call needs a row in staff. The one place where faults are caught: the phone gets `try-again` with
 * an error id, the log the rest.
 */
export async function dispatch(
  { ports, log }: { ports: Ports; log: Log },
  caller: Caller | undefined,
  event: unknown,
): Promise<DispatchedAnswer> {
  const parsed = parse(event)
  if (parsed === undefined) return { ok: false, reason: 'malformed' }
  if (caller === undefined) return { ok: false, reason: 'no-identity' }
  try {
    return await answer(ports, caller, parsed)
  } catch (error) {
    const errorId = newErrorId()
    log({ level: 'error', errorId, call: parsed.name, error })
    return { ok: false, reason: 'try-again', details: { errorId } }
  }
}

type ParsedEvent = { name: CallName; request: never }

function parse(event: unknown): ParsedEvent | undefined {
  if (Buffer.byteLength(JSON.stringify(event ?? null)) > EVENT_BYTES_MAX) return undefined
  const outer = eventSchema.safeParse(event)
  if (!outer.success || !isCallName(outer.data.call)) return undefined
  const request = CALLS[outer.data.call].request.safeParse(outer.data.request)
  return request.success ? { name: outer.data.call, request: request.data as never } : undefined
}

async function answer(
  ports: Ports,
  caller: Caller,
  { name, request }: ParsedEvent,
): Promise<DispatchedAnswer> {
  const useCase = ANSWERS[name] as (
    ports: Ports,
    who: Caller | StaffMember,
    request: never,
  ) => Promise<DispatchedAnswer>
  if (CALLS[name].audience === 'resident') return useCase(ports, caller, request)
  const staff = await staffOf(ports.database, caller.openid)
  if (staff === undefined) return { ok: false, reason: 'not-allowed' }
  return useCase(ports, staff, request)
}
