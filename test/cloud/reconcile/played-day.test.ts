import type { Database } from '../../../src/cloud/postgres/database'
import { isPerfect, judgeDay, judgeNextDay } from '../../reconcile/judge-day'
import { playDay } from '../../reconcile/play-day'
import { aDatabase, engineName } from '../../support/databases'

/** Ten of each kind of plant. */
const SIZE = { payments: 1_500, planted: 170 }

describe(`a day in three books, on the ${engineName()} engine`, () => {
  let database: Database
  beforeEach(async () => {
    database = await aDatabase()
  })
  afterEach(() => database.close())

  it('every planted difference is found and no other, what is safe is done, and a second run changes nothing', async () => {
    const played = await playDay(database, { ...SIZE, seed: 20_261_116 }, () => undefined)
    const verdict = judgeDay(played)
    expect(verdict.wrong).toEqual([])
    expect(verdict.all).toMatchObject({ planted: 170, found: 170, missed: 0, invented: 0 })
    expect(judgeNextDay(played)).toEqual([])
    expect(isPerfect(verdict, played)).toBe(true)
  }, 180_000)

  it('a day without a difference has none', async () => {
    const played = await playDay(database, { payments: 300, planted: 0, seed: 3 }, () => undefined)
    expect(played.found).toEqual([])
    expect(played.isUnchangedBySecondRun).toBe(true)
  }, 180_000)
})
