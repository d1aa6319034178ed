import type { RequestOf } from '../../contract/call'
import type { unbindAccount as call } from '../../contract/unbind-account'
import { unbindAccountRow } from '../postgres/residents'
import { newAuditId } from './new-audit-id'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const UNDO_MS = 10 * 60_000

/** Ends the link; for ten minutes it can be bound again without a challenge. Refusal: not-found. */
export async function unbindAccount(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const now = ports.now()
  const undoUntil = now + UNDO_MS
  const unbound = await unbindAccountRow(ports.database, caller.openid, {
    accountId: request.accountId,
    undoUntil,
    auditId: newAuditId(ports, 'unbind'),
    now,
  })
  return unbound ? done<typeof call>({ undoUntil }) : refuse<typeof call>('not-found')
}
