import type { Database, Session } from '../../src/cloud/postgres/database'
import type { FileTry, Stage } from '../../src/cloud/postgres/staged-rows'
import { boundsOf } from '../../src/core/time'

const DAY = '2026-11-16'

let attempts = 0

/** Looks at staged rows of an owner's day, of a try of its own, among rows of other tries, owners and days that do not count. */
export function stagedDay<Row, Result>(
  database: Database,
  {
    ownerId,
    stage,
    rows,
    noise,
  }: {
    ownerId: string
    stage: (session: Session, to: FileTry) => Stage<Row>
    rows: readonly Row[]
    noise: readonly Row[]
  },
  look: (session: Session, day: FileTry & { from: number; to: number }) => Promise<Result>,
): Promise<Result> {
  return database.session(async (session) => {
    attempts += 2
    const to = { ownerId, day: DAY, attempt: attempts }
    for (const [own, where] of [
      [rows, to],
      [noise, { ...to, attempt: attempts + 1 }],
      [noise, { ...to, ownerId: 'another' }],
      [noise, { ...to, day: '2026-11-15' }],
    ] as const) {
      const staged = stage(session, where)
      await staged.take(own)
      await staged.end()
    }
    return look(session, { ...to, ...boundsOf(DAY) })
  })
}
