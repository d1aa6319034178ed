import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

export type Resident = {
  knownAs: string | null
  consentVersion: string | null
  consentAt: Instant | null
}
export type Binding = { accountId: string; label: string; household: string; boundAt: Instant }
export type StaffMember = {
  staffId: string
  billerId: string
  displayName: string
  role: 'clerk' | 'supervisor'
}

const RESIDENT = statement(
  'resident-find',
  'select known_as as "knownAs", consent_version as "consentVersion", consent_at as "consentAt" from resident where openid = $1',
)
const CONSENT = statement(
  'resident-consent',
  `insert into resident (openid, consent_version, consent_at) values ($1, $2, $3::timestamptz)
   on conflict (openid) do update set consent_version = excluded.consent_version, consent_at = excluded.consent_at`,
)
const KNOWN_AS = statement(
  'resident-known-as',
  `insert into resident (openid, known_as) values ($1, $2)
   on conflict (openid) do update set known_as = excluded.known_as`,
)
const BINDINGS = statement(
  'binding-list',
  `select account_id as "accountId", label, household, bound_at as "boundAt" from binding
   where openid = $1 order by bound_at, account_id`,
)
const BIND = statement(
  'binding-put',
  `insert into binding (openid, account_id, label, household, bound_at) values ($1, $2, $3, $4, $5::timestamptz)
   on conflict (openid, account_id) do update set label = excluded.label, household = excluded.household`,
)
const RELABEL = statement(
  'binding-relabel',
  'update binding set label = $3, household = $4 where openid = $1 and account_id = $2 returning account_id',
)
const BIND_GRANTED = statement(
  'binding-bind',
  'select bind_account($1, $2, $3, $4, $5::int, $6, $7::timestamptz) as answer',
)
const UNBIND = statement(
  'binding-unbind',
  'select unbind_account($1, $2, $3::timestamptz, $4, $5::timestamptz) as answer',
)
const GRANT = statement(
  'grant-put',
  `insert into look_up_grant (openid, account_id, until) values ($1, $2, $3::timestamptz)
   on conflict (openid, account_id) do update set until = excluded.until`,
)
const STAFF = statement(
  'staff-of-openid',
  `select staff_id as "staffId", biller_id as "billerId", display_name as "displayName", role from staff
   where openid = $1 and revoked_at is null order by invited_at desc limit 1`,
)
const STAFF_NAME = statement(
  'staff-name',
  'select display_name as "displayName" from staff where staff_id = $1',
)
const AUDIT = statement(
  'audit-look',
  `insert into audit (subject_id, audit_id, at, actor, act, reason) values ($1, $2, $3::timestamptz, $4, $5, $6)
   on conflict (subject_id, audit_id) do nothing`,
)
const NOTED = statement(
  'audit-noted',
  'select subject_id as "subjectId" from audit where subject_id = any($1::text[]) and audit_id = $2',
)

export async function findResident(database: Database, openid: string): Promise<Resident> {
  const [row] = await database.run<Resident>(RESIDENT, [openid])
  return row ?? { knownAs: null, consentVersion: null, consentAt: null }
}

export async function saveConsent(
  database: Database,
  openid: string,
  version: string,
  at: Instant,
): Promise<void> {
  await database.run(CONSENT, [openid, version, timestamp(at)])
}

export async function saveKnownAs(
  database: Database,
  openid: string,
  knownAs: string,
): Promise<void> {
  await database.run(KNOWN_AS, [openid, knownAs])
}

/** The resident's accounts in the order in which they were added. */
export function bindingsOf(database: Database, openid: string): Promise<Binding[]> {
  return database.run<Binding>(BINDINGS, [openid])
}

export async function putBinding(
  database: Database,
  openid: string,
  binding: Binding,
): Promise<void> {
  await database.run(BIND, [
    openid,
    binding.accountId,
    binding.label,
    binding.household,
    timestamp(binding.boundAt),
  ])
}

/** False when the resident has no such account. */
export async function relabel(
  database: Database,
  openid: string,
  binding: { accountId: string; label: string; household: string },
): Promise<boolean> {
  const rows = await database.run(RELABEL, [
    openid,
    binding.accountId,
    binding.label,
    binding.household,
  ])
  return rows.length === 1
}

/** Saves the link if it was granted, with its audit row; `most` is how many one may have. */
export async function bindAccountRow(
  database: Database,
  openid: string,
  bind: {
    accountId: string
    label: string
    household: string
    most: number
    auditId: string
    now: Instant
  },
): Promise<'bound' | 'not-looked-up' | 'too-many-accounts'> {
  const rows = await database.run<{ answer: 'bound' | 'not-looked-up' | 'too-many-accounts' }>(
    BIND_GRANTED,
    [
      openid,
      bind.accountId,
      bind.label,
      bind.household,
      bind.most,
      bind.auditId,
      timestamp(bind.now),
    ],
  )
  return onlyRow(rows).answer
}

/** Ends the link, grants it back for a while, and writes its audit row; false when there is none. */
export async function unbindAccountRow(
  database: Database,
  openid: string,
  unbind: { accountId: string; undoUntil: Instant; auditId: string; now: Instant },
): Promise<boolean> {
  const rows = await database.run<{ answer: boolean }>(UNBIND, [
    openid,
    unbind.accountId,
    timestamp(unbind.undoUntil),
    unbind.auditId,
    timestamp(unbind.now),
  ])
  return onlyRow(rows).answer
}

/** Lets the resident bind the account without a challenge until `until`. */
export async function grantBinding(
  database: Database,
  openid: string,
  accountId: string,
  until: Instant,
): Promise<void> {
  await database.run(GRANT, [openid, accountId, timestamp(until)])
}

export async function staffOf(
  database: Database,
  openid: string,
): Promise<StaffMember | undefined> {
  const [row] = await database.run<StaffMember>(STAFF, [openid])
  return row
}

export async function staffName(database: Database, staffId: string): Promise<string> {
  const [row] = await database.run<{ displayName: string }>(STAFF_NAME, [staffId])
  return row?.displayName ?? staffId
}

/** One look at personal data, or another act of a person, by pseudonymous ids; once per audit id. */
export async function writeAudit(
  database: Database,
  row: {
    subjectId: string
    auditId: string
    at: Instant
    actor: string
    act: string
    reason?: string
  },
): Promise<void> {
  await database.run(AUDIT, [
    row.subjectId,
    row.auditId,
    timestamp(row.at),
    row.actor,
    row.act,
    row.reason ?? null,
  ])
}

/** Those of the subjects that have a row of this id already. */
export async function notedSubjects(
  database: Database,
  subjectIds: readonly string[],
  auditId: string,
): Promise<Set<string>> {
  const rows = await database.run<{ subjectId: string }>(NOTED, [[...subjectIds], auditId])
  return new Set(rows.map((row) => row.subjectId))
}
