import type { RequestOf } from '../../contract/call'
import type { lookUpAccount as call } from '../../contract/look-up-account'
import { checkAccountNumber } from '../../core/account-number'
import { answerMatches } from '../../core/challenge'
import { maskAddress, maskName } from '../../core/masking'
import type { BillerAccount } from '../billers/biller'
import type { Manifest } from '../billers/manifest-schema'
import { deriveAccountId } from '../postgres/personal-data'
import { bindingsOf, grantBinding, writeAudit } from '../postgres/residents'
import { countLookUp, giveTryBack, takeTry, triesRenewAt } from './look-up-limits'
import { newAuditId } from './new-audit-id'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'
import { syncAccount } from './sync-account'

const GRANT_MS = 10 * 60_000
/** Every answer takes at least this long, so that time does not tell "none" from "wrong". */
const ANSWER_AFTER_MS = 400

/**
 * Finds an account by number and challenge. Refusals in order: unknown-biller, bad-account-number,
 * too-often, out-of-tries, no-match (none and wrong alike), suspended. Throws BillerFault.
 */
export async function lookUpAccount(
  ports: Ports,
  caller: Caller,
  request: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const startedAt = ports.now()
  const manifest = ports.billers.manifest(request.billerId)
  if (manifest === undefined) return refuse<typeof call>('unknown-biller')
  const checked = checkAccountNumber(manifest.accountNumber.rule, request.accountNumber)
  if (!checked.ok) return refuse<typeof call>('bad-account-number')
  const until = await countLookUp(ports, caller)
  if (until !== undefined) return refuse<typeof call>('too-often', { until })
  const accountId = deriveAccountId(ports.personalData, manifest.id, checked.number)
  const triesLeft = await takeTry(ports, accountId)
  if (triesLeft < 0)
    return refuse<typeof call>('out-of-tries', {
      until: triesRenewAt(ports),
      billerId: manifest.id,
    })

  const account = await ports.billers.adapter(manifest.id).findAccount(checked.number)
  const right = answerMatches(manifest.challenge, expectedAnswer(manifest, account), request.answer)
  await ports.sleep(Math.max(0, startedAt + ANSWER_AFTER_MS - ports.now()))
  if (account === null || !right) return refuse<typeof call>('no-match', { triesLeft })
  await giveTryBack(ports, accountId)
  if (account.state === 'suspended')
    return refuse<typeof call>('suspended', { billerId: manifest.id })
  return take(ports, caller, manifest, account)
}

async function take(
  ports: Ports,
  caller: Caller,
  manifest: Manifest,
  account: BillerAccount,
): Promise<Outcome<typeof call>> {
  const now = ports.now()
  const accountId = await syncAccount(ports, manifest.id, account)
  await grantBinding(ports.database, caller.openid, accountId, now + GRANT_MS)
  await writeAudit(ports.database, {
    subjectId: accountId,
    auditId: newAuditId(ports, 'look-up'),
    at: now,
    actor: caller.openid,
    act: 'look-up-account',
  })
  const bound = (await bindingsOf(ports.database, caller.openid)).find(
    (one) => one.accountId === accountId,
  )
  return done<typeof call>({
    accountId,
    billerId: manifest.id,
    service: manifest.service,
    accountNumber: account.accountNumber,
    holder: maskName(account.holderName),
    address: maskAddress(account.address),
    ...(bound === undefined ? {} : { boundAs: bound.label }),
  })
}

/** What the biller's challenge expects; something no answer equals when there is no account. */
function expectedAnswer(manifest: Manifest, account: BillerAccount | null): string {
  if (account === null) return '\u0000'
  switch (manifest.challenge) {
    case 'name-last-character':
      return account.holderName
    case 'address-part':
      return account.address
    case 'last-amount':
      return String(account.lastPaidAmount ?? '\u0000')
  }
}
