import type { Answer, RequestOf } from '../../../contract/call'
import type { CallName, Calls } from '../../../contract/calls'
import { withTimeLimit } from './time-limit'
import { send } from './transport'

/** Longer than the slowest answer of the cloud that is still worth waiting for. */
const WAIT_MS = 20_000
/** From here down the platform's error codes speak of the function, not of the network. */
const CLOUD_FAULT_CODE = -404_000

/** No network, or no answer in time: known to the phone alone. What was asked may have happened. */
export type Offline = { ok: false; reason: 'offline'; details?: never }
export type CloudAnswer<Name extends CallName> = Answer<Calls[Name]> | Offline
export type Refused<Name extends CallName> = Exclude<CloudAnswer<Name>, { ok: true }>

/**
 * Makes one cloud call. Never rejects: without an answer in 20 s it is `offline`, and an answer of
 * no known shape is `try-again`, as the cloud itself says when a neighbour fails.
 */
export async function callCloud<Name extends CallName>(
  name: Name,
  request: RequestOf<Calls[Name]>,
): Promise<CloudAnswer<Name>> {
  try {
    const answer = await withTimeLimit(send({ call: name, request }), WAIT_MS)
    return isAnswer<Name>(answer) ? answer : { ok: false, reason: 'try-again' }
  } catch (fault) {
    return isCloudFault(fault)
      ? { ok: false, reason: 'try-again' }
      : { ok: false, reason: 'offline' }
  }
}

function isAnswer<Name extends CallName>(answer: unknown): answer is Answer<Calls[Name]> {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false
  return answer.ok === true ? 'reply' in answer : answer.ok === false && 'reason' in answer
}

/** The platform gives `errCode` when its own side failed (CloudBase error codes, -404xxx, -5xxxxx). */
function isCloudFault(fault: unknown): boolean {
  return (
    typeof fault === 'object' &&
    fault !== null &&
    'errCode' in fault &&
    typeof fault.errCode === 'number' &&
    fault.errCode <= CLOUD_FAULT_CODE
  )
}
