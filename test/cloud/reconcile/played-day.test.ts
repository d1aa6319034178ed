import type { Database } from '../../../src/cloud/postgres/database'
import { isPerfect, judgeDay, judgeNextDay } from '../../reconcile/judge-day'
import { type FoundDifference, playDay } from '../../reconcile/play-day'
import { aDatabase, engineName } from '../../support/databases'

/** Ten of each kind of plant. */
const SIZE = { payments: 1_500, planted: 170 }

const ENDS = {
  'postings amount-differs, person: person, null': 10,
  'postings biller-only, ask: done, posted by the biller’s word': 10,
  'postings biller-only, person: person, null': 10,
  'postings biller-only, post-again: done, posted by the biller’s word': 10,
  'postings day-cut, wait: open, the other day is not matched yet': 10,
  'postings ours-only, post-again: done, posted again': 10,
  'trade amount-differs, person: person, null': 10,
  'trade day-cut, wait: open, the other day is not matched yet': 20,
  'trade fee-differs, person: person, null': 10,
  'trade ours-only, ask: person, WeChat confirms the payment that its file lacks': 10,
  'trade refund-not-seen, ask: done, WeChat says done': 10,
  'trade refund-unknown, ask: done, taken in; its biller’s credit is on a person’s list': 10,
  'trade wallet-only, ask: done, settled by WeChat’s word': 20,
  'trade wallet-only, person: person, null': 10,
  'trade wallet-only, refund: done, settled by WeChat’s word': 10,
}

/** How often each kind of difference ended how. */
function endsOf(found: readonly FoundDifference[]): Record<string, number> {
  const ends: Record<string, number> = {}
  for (const { source, reason, action, state, outcome } of found) {
    const end = `${source} ${reason}, ${action}: ${state}, ${outcome}`
    ends[end] = (ends[end] ?? 0) + 1
  }
  return ends
}

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
    expect(endsOf(played.found)).toEqual(ENDS)
    expect(judgeNextDay(played)).toEqual([])
    expect(isPerfect(verdict, played)).toBe(true)
  }, 180_000)

  it('a day without a difference has none', async () => {
    const played = await playDay(database, { payments: 300, planted: 0, seed: 3 }, () => undefined)
    expect(played.found).toEqual([])
    expect(played.isUnchangedBySecondRun).toBe(true)
  }, 180_000)
})
