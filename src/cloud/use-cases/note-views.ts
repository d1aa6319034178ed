import { dateOf } from '../../core/time'
import { notedSubjects, writeAudit } from '../postgres/residents'
import type { Caller, Ports } from './ports'

/**
 * Law 10 for a resident's own screens: before holder data of these accounts is shown, that it is
 * looked at has its row, one per resident, account and day.
 */
export async function noteViews(
  ports: Ports,
  caller: Caller,
  accountIds: readonly string[],
): Promise<void> {
  const at = ports.now()
  const auditId = `view:${caller.openid}:${dateOf(at)}`
  const noted = await notedSubjects(ports.database, accountIds, auditId)
  await Promise.all(
    accountIds
      .filter((accountId) => !noted.has(accountId))
      .map((subjectId) =>
        writeAudit(ports.database, {
          subjectId,
          auditId,
          at,
          actor: caller.openid,
          act: 'view-account',
        }),
      ),
  )
}
