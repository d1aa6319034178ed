import type { RequestOf } from '../../contract/call'
import { CONSENT_VERSIONS, type saveMe as call } from '../../contract/save-me'
import { saveConsent, saveKnownAs } from '../postgres/residents'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

/** Records consent with its version and time, and the name relatives see. */
export async function saveMe(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const { consentVersion, knownAs } = request
  if (consentVersion !== undefined) {
    if (!CONSENT_VERSIONS.includes(consentVersion)) return refuse<typeof call>('unknown-version')
    await saveConsent(ports.database, caller.openid, consentVersion, ports.now())
  }
  if (knownAs !== undefined) await saveKnownAs(ports.database, caller.openid, knownAs)
  return done<typeof call>({})
}
