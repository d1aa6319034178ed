import type { RequestOf } from '../../contract/call'
import type { lookUpAccount as call } from '../../contract/look-up-account'
import { checkAccountNumber } from '../../core/account-number'
import { answerMatches } from '../../core/challenge'
import { maskAddress, maskName } from '../../core/masking'
import type { BillerAccount } from '../billers/biller'
import type { Manifest } from '../billers/manifest-schema'
import { lookAtAccount } from '../postgres/accounts'
import { deriveAccountId } from '../postgres/personal-data'
import { bindingsOf, grantBinding, writeAudit } from '../postgres/residents'
import {
  countLookUp,
  countWrong,
  giveLookUpBack,
  giveTryBack,
  type LookUp,
  takeTry,
  triesRenewAt,
} from './look-up-limits'
import { newAuditId } from './new-audit-id'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'
import { syncAccount } from './sync-account'

const GRANT_MS = 10 * 60_000
/** Time must not tell "none" from "wrong": a no comes at a multiple of this after the question. */
const STEP_MS = 1_000

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
  const accountId = deriveAccountId(ports.personalData, manifest.id, checked.number)
  const binding = (await bindingsOf(ports.database, caller.openid)).find(
    (one) => one.accountId === accountId,
  )
  const lookUp = { accountId, isBound: binding !== undefined }
  const until = await countLookUp(ports, caller, lookUp)
  if (until !== undefined) return refuse<typeof call>('too-often', { until })
  const triesLeft = await takeTry(ports, accountId)
  if (triesLeft < 0)
    return refuse<typeof call>('out-of-tries', {
      until: triesRenewAt(ports),
      billerId: manifest.id,
    })

  const account = await askBiller(ports, caller, lookUp, { manifest, number: checked.number })
  const right = answerMatches(manifest.challenge, expectedAnswer(manifest, account), request.answer)
  if (account === null || !right) {
    await noteWrong(ports, caller, accountId)
    await ports.sleep(untilNextStep(ports.now() - startedAt))
    return refuse<typeof call>('no-match', { triesLeft })
  }
  await giveTryBack(ports, accountId)
  if (account.state === 'suspended')
    return refuse<typeof call>('suspended', { billerId: manifest.id })
  return take(ports, caller, { manifest, account, boundAs: binding?.label })
}

/** The biller's word; when it has none, nothing was tried. */
async function askBiller(
  ports: Ports,
  caller: Caller,
  lookUp: LookUp,
  { manifest, number }: { manifest: Manifest; number: string },
): Promise<BillerAccount | null> {
  try {
    return await ports.billers.adapter(manifest.id).findAccount(number)
  } catch (error) {
    await giveLookUpBack(ports, caller, lookUp)
    throw error
  }
}

/** A wrong answer has its row under the account it was about, also when there is no such account. */
async function noteWrong(ports: Ports, caller: Caller, accountId: string): Promise<void> {
  await countWrong(ports, caller)
  await writeAudit(ports.database, {
    subjectId: accountId,
    auditId: newAuditId(ports, 'wrong-answer'),
    at: ports.now(),
    actor: caller.openid,
    act: 'wrong-answer',
  })
}

function untilNextStep(passedMs: number): number {
  return Math.max(1, Math.ceil(passedMs / STEP_MS)) * STEP_MS - passedMs
}

async function take(
  ports: Ports,
  caller: Caller,
  {
    manifest,
    account,
    boundAs,
  }: { manifest: Manifest; account: BillerAccount; boundAs: string | undefined },
): Promise<Outcome<typeof call>> {
  const accountId = await syncAccount(ports, manifest.id, account)
  const now = ports.now()
  const seen = await lookAtAccount(ports.database, ports.personalData, {
    accountId,
    auditId: newAuditId(ports, 'look-up'),
    actor: caller.openid,
    act: 'look-up-account',
    at: now,
  })
  if (seen === undefined) throw new Error(`account ${accountId} vanished`)
  await grantBinding(ports.database, caller.openid, accountId, now + GRANT_MS)
  return done<typeof call>({
    accountId,
    billerId: manifest.id,
    service: manifest.service,
    accountNumber: seen.accountNumber,
    holder: maskName(seen.holder),
    address: maskAddress(seen.address),
    ...(boundAs === undefined ? {} : { boundAs }),
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
