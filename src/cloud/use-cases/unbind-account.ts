import type { RequestOf } from '../../contract/call'
import type { unbindAccount as call } from '../../contract/unbind-account'
import { deleteBinding, grantBinding } from '../postgres/residents'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const UNDO_MS = 10 * 60_000

/** Ends the link; for ten minutes it can be bound again without a challenge. */
export async function unbindAccount(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  if (!(await deleteBinding(ports.database, caller.openid, request.accountId))) {
    return refuse<typeof call>('not-found')
  }
  const undoUntil = ports.now() + UNDO_MS
  await grantBinding(ports.database, caller.openid, request.accountId, undoUntil)
  return done<typeof call>({ undoUntil })
}
