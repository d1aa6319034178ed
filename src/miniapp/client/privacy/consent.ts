import type { Instant } from '../../../core/time'
import { type CloudAnswer, callCloud } from '../cloud/call'
import { storedValue } from '../storage'
import { POLICY_VERSION } from './policy-version'

/** What was agreed to on this phone, and when. The cloud keeps its own record. */
export type Consent = { version: string; at: Instant }

const stored = storedValue<Consent>('consent')

/** True when the version that this build shows was agreed to. Browsing needs none. */
export function hasConsent(): boolean {
  return stored.read()?.version === POLICY_VERSION
}

/** Records consent with the cloud first, then on the phone. Refusals: unknown-version, offline. */
export async function recordConsent(): Promise<CloudAnswer<'save-me'>> {
  const answer = await callCloud('save-me', { consentVersion: POLICY_VERSION })
  if (answer.ok) keep({ version: POLICY_VERSION, at: Date.now() })
  return answer
}

/** On a phone without room the cloud's record stands alone, and the phone asks once more. */
function keep(consent: Consent): void {
  try {
    stored.write(consent)
  } catch {
    return
  }
}
