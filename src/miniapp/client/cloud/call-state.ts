import type { RefusalDetails, ReplyOf } from '../../../contract/call'
import type { CallName, Calls } from '../../../contract/calls'
import type { Instant } from '../../../core/time'
import type { CloudAnswer, Refused } from './call'
import { readKept } from './kept-reply'

export type CallState<Name extends CallName> = {
  /**
   * loading: nothing to show yet. stale: the last known reply, while a fresh one is asked for.
   * ready: fresh. offline and failed ("try again", with an error id): perhaps with `reply`, the
   * last known one. refused: an expected no, with its reason and details.
   */
  state: 'loading' | 'stale' | 'ready' | 'offline' | 'failed' | 'refused'
  reply?: ReplyOf<Calls[Name]>
  /** When `reply` was the truth. */
  asOf?: Instant
  reason?: Refused<Name>['reason']
  details?: RefusalDetails
  errorId?: string
}

/** What a page can show before the cloud has answered: the kept reply, if there is one. */
export function stateBefore<Name extends CallName>(
  name: Name,
  keepAs: string | undefined,
): CallState<Name> {
  const kept = readKept(name, keepAs)
  return kept === undefined ? { state: 'loading' } : { state: 'stale', ...kept }
}

/** What a page shows after an answer. What was known stays, except after a refusal. */
export function stateAfter<Name extends CallName>(
  before: CallState<Name>,
  answer: CloudAnswer<Name>,
): CallState<Name> {
  if (answer.ok) return { state: 'ready', reply: answer.reply, asOf: Date.now() }
  const { reason } = answer
  const details: RefusalDetails = answer.details ?? {}
  if (reason !== 'offline' && reason !== 'try-again') return { state: 'refused', reason, details }
  const known = {
    reason,
    ...(before.reply === undefined ? {} : { reply: before.reply }),
    ...(before.asOf === undefined ? {} : { asOf: before.asOf }),
  }
  if (reason === 'offline') return { state: 'offline', ...known }
  return {
    state: 'failed',
    ...known,
    details,
    ...(details.errorId === undefined ? {} : { errorId: details.errorId }),
  }
}
