import type { Instant } from '../../core/time'
import { type Database, statement, timestamp } from './database'

const PUT_BILLER = statement(
  'biller-put',
  'insert into biller (biller_id) values ($1) on conflict (biller_id) do nothing',
)
const INVITE = statement(
  'staff-invite',
  `insert into staff (staff_id, biller_id, openid, display_name, role, invited_at)
   values ($1, $2, $3, $4, $5, $6::timestamptz) on conflict (staff_id) do nothing`,
)
const REVOKE = statement(
  'staff-revoke',
  'update staff set revoked_at = $2::timestamptz where staff_id = $1 and revoked_at is null returning staff_id',
)

/** Makes the billers of the manifests known to the database; rows name them. */
export async function putBillers(database: Database, billerIds: readonly string[]): Promise<void> {
  for (const billerId of billerIds) await database.run(PUT_BILLER, [billerId])
}

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
): Promise<void> {
  await database.run(INVITE, [
    member.staffId,
    member.billerId,
    member.openid,
    member.displayName,
    member.role,
    timestamp(at),
  ])
}

/** False when there is no such member, or not any more. */
export async function revokeStaff(
  database: Database,
  staffId: string,
  at: Instant,
): Promise<boolean> {
  return (await database.run(REVOKE, [staffId, timestamp(at)])).length === 1
}
