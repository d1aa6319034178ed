import {
  claimFile,
  type FileKey,
  findFile,
  type ReadFile,
  stageFile,
  wantFile,
} from '../../../src/cloud/postgres/daily-files'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { markRefundSent } from '../../../src/cloud/postgres/refunds'
import { type Left, postingStage, tradeStage } from '../../../src/cloud/postgres/staged-rows'
import type { DailyOwner } from '../../../src/cloud/use-cases/file-owners'
import { matchDailyFile } from '../../../src/cloud/use-cases/match-daily-file'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import type { TradeRow } from '../../../src/core/reconciliation'
import { aDatabase, engineName } from '../../support/databases'
import { aLife, PAID, POSTING, REFUNDING } from '../../support/money-steps'
import { portsOver } from '../../support/ports-over'
import { TODAY } from '../../support/town'

const DAY = '2026-11-16'
const NOTED = statement(
  'test-noted-of-day',
  `select source || ' ' || reason || ' ' || (facts ->> 'about') as line from difference
   where owner_id = $1 order by difference_id`,
)
const FORGET = statement('test-files-forgotten', 'delete from daily_file where owner_id = $1')
const STAGED = statement(
  'test-still-staged',
  `select (select count(*) from staged_trade where owner_id = $1)
     + (select count(*) from staged_posting where owner_id = $1) as rows`,
)

describe(`matching a day’s file, on the ${engineName()} engine`, () => {
  let database: Database
  let owners = 0
  let ownerId: string
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    owners += 1
    ownerId = `owner-${owners}`
  })

  const ownerOf = (source: DailyOwner['source'], id = ownerId): DailyOwner =>
    source === 'postings'
      ? { ownerId: id, source }
      : { ownerId: id, source, payee: { mchid: id }, feePerMillion: 6_000 }
  /** Claims a file so often, and says of the last try that it was read so. */
  const staged = async (
    key: FileKey,
    read: Partial<ReadFile>,
    { tries = 1, stage }: { tries?: number; stage?: (attempt: number) => Promise<void> } = {},
  ) => {
    await wantFile(database, key, TODAY)
    let attempt = 0
    for (let time = 0; time < tries; time += 1)
      attempt = (await claimFile(database, key, TODAY, 0)) ?? 0
    await stage?.(attempt)
    await stageFile(database, key, attempt, {
      rows: 1,
      digest: 'd',
      sums: {},
      leftRows: 0,
      unmet: [],
      heldAt: TODAY,
      ...read,
    })
    return attempt
  }
  const match = (key: FileKey, attempt: number) =>
    matchDailyFile(
      portsOver(database, { now: () => TODAY + 7 }),
      ownerOf(key.source, key.ownerId),
      key,
      attempt,
    )
  const noted = async (id = ownerId) =>
    (await database.run<{ line: string }>(NOTED, [id])).map(({ line }) => line)
  const stillStaged = async (id = ownerId) =>
    (await database.run<{ rows: number }>(STAGED, [id]))[0]?.rows
  const trades = (key: FileKey, rows: Left<TradeRow>[]) => (attempt: number) =>
    database.session(async (session) => {
      const stage = tradeStage(session, { ...key, attempt })
      await stage.take(rows)
      await stage.end()
    })
  const postings = (key: FileKey, ids: readonly string[]) => (attempt: number) =>
    database.session(async (session) => {
      const stage = postingStage(session, { ...key, attempt })
      const posting = { postingNumber: 'C1', amount: fen(7), postedAt: TODAY, isAgain: false }
      await stage.take(ids.map((postingId) => ({ postingId, ...posting })))
      await stage.end()
    })
  const trade = (number: string, change: Partial<Left<TradeRow>> = {}): Left<TradeRow> => ({
    orderNumber: number,
    transactionId: 't',
    refundNumber: '',
    wechatRefundId: '',
    amount: 100,
    settled: 100,
    feeMills: 600,
    at: TODAY,
    isAgain: false,
    ...change,
  })

  it('waits until it was read to its end', async () => {
    const key: FileKey = { ownerId, source: 'trade', day: DAY }
    const unread = { state: 'refused', refusal: 'not-ready', detail: 'unread' }
    expect(await match(key, 1)).toEqual(unread)
    await wantFile(database, key, TODAY)
    expect(await match(key, 1)).toEqual(unread)
  })

  it('notes what is left of it, orders and refunds, and forgets the rows', async () => {
    const key: FileKey = { ownerId, source: 'trade', day: DAY }
    const rows = [trade('order-1'), trade('order-1', { refundNumber: 'refund-1' })]
    const attempt = await staged(key, { rows: 2, leftRows: 2 }, { stage: trades(key, rows) })
    expect(await match(key, attempt)).toEqual({ state: 'matched', differences: 2 })
    expect(await noted()).toEqual(['trade wallet-only order-1', 'trade refund-unknown refund-1'])
    expect(await stillStaged()).toBe(0)
    expect(await findFile(database, key)).toMatchObject({
      state: 'matched',
      differences: 2,
      matchedAt: TODAY + 7,
    })
  })

  it('holds a trade’s fee against the contract', async () => {
    const { paymentId } = await aLife(database, PAID)
    const key: FileKey = { ownerId: 'payee-1', source: 'trade', day: DAY }
    const number = orderNumber(paymentId, 1)
    const own = trade(number, { transactionId: `4200-${paymentId}-1`, feeMills: 1_101 })
    const attempt = await staged(key, { leftRows: 1 }, { stage: trades(key, [own]) })
    expect(await match(key, attempt)).toEqual({ state: 'matched', differences: 1 })
    expect(await noted('payee-1')).toEqual([`trade fee-differs ${number}`])
  })

  it('notes nothing of a refund that WeChat and we only date differently', async () => {
    const { paymentId } = await aLife(database, REFUNDING)
    await markRefundSent(database, { paymentId, refundNo: 1 }, 'w', TODAY)
    const key: FileKey = { ownerId: 'payee-1', source: 'trade', day: '2026-11-18' }
    const number = orderNumber(paymentId, 1)
    const own = trade(number, { refundNumber: `${paymentId}R001` })
    const attempt = await staged(key, { leftRows: 1 }, { stage: trades(key, [own]) })
    expect(await match(key, attempt)).toEqual({ state: 'matched', differences: 0 })
  })

  it('notes what of our books no line was met by', async () => {
    const { paymentId } = await aLife(database, [...POSTING, 'posted'])
    const key: FileKey = { ownerId: 'biller-1', source: 'postings', day: DAY }
    const unmet = [`${paymentId}-1\tP1\t100`]
    expect(await match(key, await staged(key, { unmet }))).toEqual({
      state: 'matched',
      differences: 1,
    })
    expect(await noted('biller-1')).toEqual([`postings ours-only ${paymentId}-1`])
  })

  it('of a biller forgets its rows, too', async () => {
    const key: FileKey = { ownerId, source: 'postings', day: DAY }
    const stage = postings(key, ['counter-1'])
    const attempt = await staged(key, { leftRows: 1 }, { stage })
    expect(await match(key, attempt)).toEqual({ state: 'matched', differences: 1 })
    expect([await noted(), await stillStaged()]).toEqual([['postings biller-only counter-1'], 0])
  })

  it('that is empty is believed when it was asked for eight times', async () => {
    const look = async (rows: number, tries: number) => {
      const { paymentId: id } = await aLife(database, [...POSTING, 'posted'])
      const empty: FileKey = { ownerId: 'biller-1', source: 'postings', day: DAY }
      await database.run(FORGET, ['biller-1'])
      const attempt = await staged(empty, { rows, unmet: [`${id}-1\tP1\t100`] }, { tries })
      return match(empty, attempt)
    }
    const refused = { state: 'refused', refusal: 'not-ready', detail: 'empty, and we have 1' }
    expect(await look(0, 7)).toEqual(refused)
    expect(await look(0, 8)).toEqual({ state: 'matched', differences: 1 })
    expect(await look(1, 1)).toEqual({ state: 'matched', differences: 1 })
    const none: FileKey = { ownerId, source: 'postings', day: DAY }
    expect(await match(none, await staged(none, { rows: 0 }))).toEqual({
      state: 'matched',
      differences: 0,
    })
  })
  it('whose rows are not all there is refused, and nothing is noted', async () => {
    const key: FileKey = { ownerId, source: 'trade', day: DAY }
    const attempt = await staged(key, { leftRows: 2 }, { stage: trades(key, [trade('order-1')]) })
    expect(await match(key, attempt)).toEqual({
      state: 'refused',
      refusal: 'rows-lost',
      detail: '1 of 2 rows are there',
    })
    expect(await noted()).toEqual([])
    expect(await findFile(database, key)).toMatchObject({ state: 'staged' })
  })

  it.each([
    ['orders', 'trade', ''],
    ['refunds', 'trade', 'refund-'],
    ['postings', 'postings', ''],
  ] as const)('with more %s that differ than any day has is refused', async (_, source, refund) => {
    const key: FileKey = { ownerId, source, day: DAY }
    const numbers = Array.from({ length: 20_001 }, (_, index) => `${ownerId}-${index}`)
    const stage =
      source === 'postings'
        ? postings(key, numbers)
        : trades(
            key,
            numbers.map((number) => trade(number, { refundNumber: refund && refund + number })),
          )
    const attempt = await staged(key, { leftRows: 20_001 }, { stage })
    expect(await match(key, attempt)).toEqual({
      state: 'refused',
      refusal: 'too-many-differences',
      detail: 'more than 20000',
    })
    expect(await noted()).toEqual([])
  })

  it('notes each of many once', async () => {
    const key: FileKey = { ownerId, source: 'trade', day: DAY }
    const rows = Array.from({ length: 501 }, (_, index) => trade(`${ownerId}-${index}`))
    const attempt = await staged(key, { leftRows: 501 }, { stage: trades(key, rows) })
    expect(await match(key, attempt)).toEqual({ state: 'matched', differences: 501 })
    expect(await noted()).toHaveLength(501)
  })

  it('of a wallet is checked against the trade file, whose rows stay', async () => {
    const trade1: FileKey = { ownerId, source: 'trade', day: DAY }
    const flow: FileKey = { ...trade1, source: 'fund-flow' }
    const early = await staged(flow, { sums: {} })
    expect(await match(flow, early)).toEqual({
      state: 'refused',
      refusal: 'not-ready',
      detail: 'the trade file comes first',
    })
    await staged(
      trade1,
      { sums: { settled: 100, refunded: 0, feeMills: 0 }, leftRows: 1 },
      { stage: trades(trade1, [trade('order-1')]) },
    )
    expect(await match(flow, early)).toEqual({ state: 'matched', differences: 1 })
    expect(await noted()).toEqual(['fund-flow amount-differs 交易'])
    expect(await stillStaged()).toBe(1)
  })
})
