import type { RequestOf } from '../../contract/call'
import type { labelAccount as call } from '../../contract/label-account'
import { relabel } from '../postgres/residents'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

/** Renames a bound account or moves it to another household. */
export async function labelAccount(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const found = await relabel(ports.database, caller.openid, request)
  return found
    ? done<typeof call>({ accountId: request.accountId })
    : refuse<typeof call>('not-found')
}
