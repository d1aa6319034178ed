import type { listAccounts as call } from '../../contract/list-accounts'
import { bindingsOf } from '../postgres/residents'
import { boundAccounts } from './bound-accounts'
import { noteViews } from './note-views'
import { done, type Outcome } from './outcome'
import type { Caller, Ports } from './ports'

/** The home screen: every bound account with what is due. */
export async function listAccounts(ports: Ports, caller: Caller): Promise<Outcome<typeof call>> {
  const bindings = await bindingsOf(ports.database, caller.openid)
  await noteViews(
    ports,
    caller,
    bindings.map((binding) => binding.accountId),
  )
  const accounts = await boundAccounts(ports, caller, bindings)
  return done<typeof call>({ asOf: ports.now(), accounts })
}
