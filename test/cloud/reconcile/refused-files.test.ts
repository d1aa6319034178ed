import { type DailyFile, filesOfDays } from '../../../src/cloud/postgres/daily-files'
import { listDifferences } from '../../../src/cloud/postgres/differences'
import { reconcileDays } from '../../../src/cloud/use-cases/reconcile-days'
import { engineName } from '../../support/databases'
import { pay, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const DAY = '2026-11-16'
const BILLER = 'jinghua-power'
const PAYEE = '1900000203'

describe(`a file that is not right, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
    await pay(town, WANG, BILLER)
    town.clock.advance(Date.parse('2026-11-17T10:30:00+08:00') - town.clock.now())
  })
  afterEach(() => town.close())

  const match = () => reconcileDays(town.ports, Number.POSITIVE_INFINITY)
  const file = async (source: DailyFile['source'], ownerId: string) => {
    const files = await filesOfDays(town.database, DAY, DAY)
    return files.find((one) => one.source === source && one.ownerId === ownerId)
  }
  /** Refused whole at first, asked for again, and then matched without a difference. */
  const expectRefusedThenMatched = async (
    source: DailyFile['source'],
    ownerId: string,
    refusal: string,
    mend: () => void,
  ) => {
    await match()
    expect(await file(source, ownerId)).toMatchObject({ state: 'wanted', refusal, rows: null })
    expect(await listDifferences(town.database, DAY, 10)).toEqual([])
    mend()
    town.clock.advance(10 * 60_000)
    await match()
    expect(await file(source, ownerId)).toMatchObject({ state: 'matched', rows: 1, differences: 0 })
    expect(await listDifferences(town.database, DAY, 10)).toEqual([])
  }

  it.each([
    ['fileCreating', 'not-ready'],
    ['fileCutShort', 'cut-short'],
    ['fileHashWrong', 'bad-hash'],
    ['fileSumWrong', 'bad-sum'],
  ] as const)('WeChat’s file with %s is refused whole as %s', async (fault, refusal) => {
    town.weChatPay.faults.set({ [fault]: 1 })
    await expectRefusedThenMatched('trade', PAYEE, refusal, () =>
      town.weChatPay.faults.set({ [fault]: 0 }),
    )
  })

  it.each([
    ['fileCreating', 'not-ready'],
    ['fileCutShort', 'cut-short'],
    ['fileSumWrong', 'bad-sum'],
    ['down', 'no-answer'],
  ] as const)('a biller’s file with %s is refused whole as %s', async (fault, refusal) => {
    const biller = town.neighbours.billers.get(BILLER)
    biller?.setFaults({ [fault]: 1 })
    await expectRefusedThenMatched('postings', BILLER, refusal, () =>
      biller?.setFaults({ [fault]: 0 }),
    )
  })

  it('a file that stays away is an alarm in the afternoon', async () => {
    town.weChatPay.faults.set({ fileCreating: 1 })
    await match()
    expect(town.log.filter((entry) => entry.level === 'alarm')).toEqual([])
    town.clock.advance(4 * 3_600_000)
    await match()
    const alarms = town.log.filter((entry) => entry.level === 'alarm')
    expect(alarms.map((entry) => entry.event)).toContain('daily-file-late')
  })
})
