import type { bindAccount as call } from '../../contract/bind-account'
import type { RequestOf } from '../../contract/call'
import { bindAccountRow } from '../postgres/residents'
import { newAuditId } from './new-audit-id'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const ACCOUNTS_MAX = 30

/**
 * Saves the link to an account looked up (or unbound) in the last ten minutes. Refusals in order:
 * not-looked-up, too-many-accounts.
 */
export async function bindAccount(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const answer = await bindAccountRow(ports.database, caller.openid, {
    ...request,
    most: ACCOUNTS_MAX,
    auditId: newAuditId(ports, 'bind'),
    now: ports.now(),
  })
  return answer === 'bound'
    ? done<typeof call>({ accountId: request.accountId })
    : refuse<typeof call>(answer)
}
