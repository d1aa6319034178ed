import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

const PUT_BILLER = statement(
  'biller-put',
  'insert into biller (biller_id) values ($1) on conflict (biller_id) do nothing',
)
const INVITE = statement(
  'staff-invite',
  'select invite_staff($1, $2, $3, $4, $5, $6::timestamptz) as answer',
)
const REVOKE = statement('staff-revoke', 'select revoke_staff($1, $2::timestamptz) as answer')

/** Makes the billers of the manifests known to the database; rows name them. */
export async function putBillers(database: Database, billerIds: readonly string[]): Promise<void> {
  for (const billerId of billerIds) await database.run(PUT_BILLER, [billerId])
}

/** Gives a person a desk, with its audit row. False when the staff id is another member's. */
export async function inviteStaff(
  database: Database,
  member: {
    staffId: string
    billerId: string
    openid: string
    displayName: string
    role: 'clerk' | 'supervisor'
  },
  at: Instant,
): Promise<boolean> {
  const rows = await database.run<{ answer: boolean }>(INVITE, [
    member.staffId,
    member.billerId,
    member.openid,
    member.displayName,
    member.role,
    timestamp(at),
  ])
  return onlyRow(rows).answer
}

/** Takes the desk away, with its audit row. False when there is no such member, or not any more. */
export async function revokeStaff(
  database: Database,
  staffId: string,
  at: Instant,
): Promise<boolean> {
  const rows = await database.run<{ answer: boolean }>(REVOKE, [staffId, timestamp(at)])
  return onlyRow(rows).answer
}
