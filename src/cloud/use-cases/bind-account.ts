import type { bindAccount as call } from '../../contract/bind-account'
import type { RequestOf } from '../../contract/call'
import { bindingsOf, mayBind, putBinding } from '../postgres/residents'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

const ACCOUNTS_MAX = 30

/** Saves the link to an account looked up (or unbound) in the last ten minutes. */
export async function bindAccount(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const now = ports.now()
  if (!(await mayBind(ports.database, caller.openid, request.accountId, now))) {
    return refuse<typeof call>('not-looked-up')
  }
  const bindings = await bindingsOf(ports.database, caller.openid)
  if (bindings.length >= ACCOUNTS_MAX) return refuse<typeof call>('too-many-accounts')
  await putBinding(ports.database, caller.openid, { ...request, boundAt: now })
  return done<typeof call>({ accountId: request.accountId })
}
