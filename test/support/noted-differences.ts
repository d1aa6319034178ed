import { statement } from '../../src/cloud/postgres/database'
import {
  listDifferences,
  type NewDifference,
  noteDifferences,
} from '../../src/cloud/postgres/differences'
import { derivePaymentId } from '../../src/cloud/postgres/personal-data'
import type { Ports } from '../../src/cloud/use-cases/ports'
import { settleDifferences } from '../../src/cloud/use-cases/settle-differences'
import { WANG } from './payer'
import type { Town } from './town'

const DAY = '2026-11-16'
const MINUTE_MS = 60_000
/** A payment that is not there. */
export const NOBODY = '0000000000000000000000000A'

const NEXT = statement(
  'test-differences-next',
  'select difference_id as "differenceId", next_at as "nextAt" from difference order by 1',
)
const TRIED = statement(
  'test-difference-tried',
  'update difference set attempts = $2::int where difference_id = $1',
)

/** Differences that are noted by hand, and what becomes of them. */
export function notedDifferences(town: Town) {
  let noted = 0
  return {
    /** One of money that only WeChat knows of, but for what is said; under a number of its own. */
    note: async (one: Partial<NewDifference>, attempts = 0): Promise<void> => {
      noted += 1
      const differenceId = `trade:${DAY}:${String(noted).padStart(3, '0')}`
      const whole: NewDifference = {
        paymentId: NOBODY,
        differenceId,
        ownerId: '1900000301',
        source: 'trade',
        day: DAY,
        reason: 'wallet-only',
        action: 'ask',
        facts: { about: 'an order', side: 'wallet' },
        ...one,
      }
      await noteDifferences(town.database, [whole], town.clock.now())
      await town.database.run(TRIED, [differenceId, attempts])
    },
    settle: (ports: Ports = town.ports) => settleDifferences(ports, Number.POSITIVE_INFINITY),
    /** How each ended, in the order in which they were noted; of what is open, the minutes until its next try. */
    ends: async (): Promise<string[]> => {
      const next = await town.database.run<{ differenceId: string; nextAt: number | null }>(NEXT)
      const all = await listDifferences(town.database, DAY, 100)
      return next.map(({ differenceId, nextAt }) => {
        const one = all.find((other) => other.differenceId === differenceId)
        const minutes =
          nextAt === null ? '' : `, ${(nextAt - town.clock.now()) / MINUTE_MS} minutes`
        return `${one?.state} after ${one?.attempts}: ${one?.outcome}${minutes}`
      })
    },
    /** The payment's id in the database. */
    stored: ({ paymentId }: { paymentId: string }, openid = WANG) =>
      derivePaymentId(town.ports.personalData, openid, paymentId),
  }
}
