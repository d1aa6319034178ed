import type { Database } from '../../src/cloud/postgres/database'
import { inviteStaff, putBillers } from '../../src/cloud/postgres/staff'
import { billerOf } from './stored-payment'
import { TODAY, type Town } from './town'

type Seat = { staffId: string; role: 'clerk' | 'supervisor'; openid?: string; orderNo?: number }

/** Li, a clerk who asks, and Zhao, a supervisor who approves. */
const LI_AND_ZHAO: Seat[] = [
  { staffId: 'li', role: 'clerk' },
  { staffId: 'zhao', role: 'supervisor' },
]

/** Gives people desks of the billers whose bills stored payments pay, the first one's where none is said. */
export async function seat(
  database: Database,
  seats: readonly Seat[] = LI_AND_ZHAO,
): Promise<void> {
  for (const { staffId, role, openid = `o-${staffId}`, orderNo = 1 } of seats) {
    const billerId = billerOf(orderNo)
    await putBillers(database, [billerId])
    await inviteStaff(database, { staffId, role, billerId, openid, displayName: staffId }, TODAY)
  }
}

/** A clerk who asks and a supervisor who approves, at the desk of a biller of a town. */
export async function seatTwo(
  { database, clock }: Town,
  billerId: string,
  [clerk, supervisor]: readonly [string, string] = ['li', 'zhao'],
): Promise<void> {
  for (const [staffId, role] of [
    [clerk, 'clerk'],
    [supervisor, 'supervisor'],
  ] as const) {
    const who = { staffId, billerId, role, openid: `o-${staffId}`, displayName: staffId }
    await inviteStaff(database, who, clock.now())
  }
}
