import {
  claimFile,
  type DailyFile,
  type FileKey,
  findFile,
  stageFile,
  wantFile,
} from '../../../src/cloud/postgres/daily-files'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { matchFundFlow } from '../../../src/cloud/use-cases/match-fund-flow'
import type { Ports } from '../../../src/cloud/use-cases/ports'
import { aDatabase, engineName } from '../../support/databases'
import { TODAY } from '../../support/town'

const DAY = '2026-11-16'
const MOVED = statement(
  'test-wallet-moved',
  `select kind || ' ' || debit || ' ' || credit || ' ' || amount_fen || ' ' || remainder_mills as line
   from wallet_movement where payee_id = $1 and day = $2::date order by kind`,
)

describe(`a day’s fund flow against its trade file, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  let payees = 0
  /** What comes of a flow, and what it moved in the wallet of a payee of its own. */
  const match = async (
    sums: Record<string, number> | null,
    trade?: { sums: Record<string, number>; rows: number },
  ) => {
    payees += 1
    const ownerId = `payee-${payees}`
    const key: FileKey = { ownerId, source: 'fund-flow', day: DAY }
    if (trade !== undefined) {
      const own: FileKey = { ...key, source: 'trade' }
      await wantFile(database, own, TODAY)
      const attempt = (await claimFile(database, own, TODAY, 1_000)) ?? 0
      const read = { ...trade, digest: '', leftRows: 0, unmet: [], heldAt: TODAY }
      await stageFile(database, own, attempt, read)
    }
    await wantFile(database, key, TODAY)
    const file = { ...(await findFile(database, key)), sums } as DailyFile
    const found = await matchFundFlow({ database, now: () => TODAY } as Ports, key, file)
    const moved = await database.run<{ line: string }>(MOVED, [ownerId, DAY])
    return { ownerId, found, moved: moved.map(({ line }) => line) }
  }
  const short = ({ found }: Awaited<ReturnType<typeof match>>) =>
    'refusal' in found
      ? found
      : found.map(({ reason, facts: { about, side, ...facts } }) => ({ reason, about, ...facts }))

  it('waits for the trade file', async () => {
    const { found, moved } = await match({ 交易: 100 })
    expect(found).toEqual({ refusal: 'not-ready', detail: 'the trade file comes first' })
    expect(moved).toEqual([])
  })

  it('that agrees books the fee and what went to the bank, and differs in nothing', async () => {
    const trade = { sums: { settled: 10_000, refunded: 300, feeMills: 59_400 }, rows: 2 }
    const flow = { 交易: 10_000, 退款: -300, 扣除交易手续费: -61, 退回交易手续费: 2, 提现: -500 }
    const { found, moved } = await match(flow, trade)
    expect(found).toEqual([])
    expect(moved).toEqual(['fee fee wallet 59 400', 'payout bank wallet 500 0'])
  })

  it('of a day that gave more fee back than it took moves it the other way', async () => {
    const trade = { sums: { settled: 0, refunded: 0, feeMills: -2_000 }, rows: 1 }
    const { found, moved } = await match({ 退回交易手续费: 2, 提现: 5 }, trade)
    expect(found).toEqual([])
    expect(moved).toEqual(['fee wallet fee 2 0', 'payout wallet bank 5 0'])
  })

  it('of an empty day moves nothing', async () => {
    expect(await match(null, { sums: {}, rows: 0 })).toMatchObject({ found: [], moved: [] })
  })

  it('that brought other sums than the trade file says is a person’s', async () => {
    const trade = { sums: { settled: 100, refunded: 30, feeMills: 0 }, rows: 2 }
    const { ownerId, found } = await match({ 交易: 99, 退款: -31 }, trade)
    const noted = (about: string, facts: object) => ({
      paymentId: ownerId,
      differenceId: `fund-flow:${DAY}:${about}:amount-differs`,
      ownerId,
      source: 'fund-flow',
      day: DAY,
      reason: 'amount-differs',
      action: 'person',
      facts: { about, side: 'both', ...facts },
    })
    expect(found).toEqual([
      noted('交易', { flowFen: 99, tradeFen: 100 }),
      noted('退款', { flowFen: -31, tradeFen: 30 }),
    ])
  })

  it('that lacks what the trade file says, likewise', async () => {
    const trade = { sums: { settled: 100, refunded: 30, feeMills: 0 }, rows: 2 }
    expect(short(await match({}, trade))).toEqual([
      { reason: 'amount-differs', about: '交易', flowFen: 0, tradeFen: 100 },
      { reason: 'amount-differs', about: '退款', flowFen: 0, tradeFen: 30 },
    ])
  })

  it.each([
    ['half a fen for each of its rows', 3, 1_500, []],
    ['half a fen for its one row', 1, 500, []],
    ['half a fen of no row', 0, 500, []],
    ['more than that', 3, 1_501, [{ reason: 'fee-differs', about: 'fee', flowFen: 10 }]],
    ['more than that, of no row', 0, 501, [{ reason: 'fee-differs', about: 'fee', flowFen: 10 }]],
    [
      'more than that, the other way',
      1,
      -501,
      [{ reason: 'fee-differs', about: 'fee', flowFen: 10 }],
    ],
  ])('whose fee is beside the trade file’s by %s', async (_, rows, mills, found) => {
    const trade = { sums: { settled: 0, refunded: 0, feeMills: 10_000 + mills }, rows }
    expect(short(await match({ 扣除交易手续费: -10 }, trade))).toEqual(
      found.map((one) => ({ ...one, tradeMills: 10_000 + mills })),
    )
  })

  it('that moved money in a way of its own is a person’s', async () => {
    const trade = { sums: { settled: 0, refunded: 0, feeMills: 0 }, rows: 0 }
    expect(short(await match({ 充值: 7 }, trade))).toEqual([
      { reason: 'wallet-only', about: '充值', flowFen: 7 },
    ])
  })
})
