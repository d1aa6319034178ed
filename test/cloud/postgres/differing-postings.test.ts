import type { DayPosting } from '../../../src/cloud/billers/biller'
import type { Database } from '../../../src/cloud/postgres/database'
import { postingMismatches } from '../../../src/cloud/postgres/differences'
import { type Left, postingStage } from '../../../src/cloud/postgres/staged-rows'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { aLife, POSTING } from '../../support/money-steps'
import { stagedDay } from '../../support/staged-day'
import { TODAY } from '../../support/town'

const TODAY_TEXT = '2026-11-16T06:17:00+00:00'
const MOST = 10

describe(`lines of a biller’s file that our books do not say, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    paymentId = (await aLife(database, [...POSTING, 'posted'])).paymentId
    row = {
      postingId: `${paymentId}-1`,
      postingNumber: 'P1',
      amount: fen(100),
      postedAt: TODAY,
      isAgain: false,
    }
    ours = {
      payment_id: paymentId,
      item_no: 1,
      posting_number: 'P1',
      amount_fen: 100,
      posted_at: TODAY_TEXT,
    }
  })
  afterAll(() => database.close())

  let paymentId: string
  let row: Left<DayPosting>
  let ours: object
  const facts = (one: Left<DayPosting>, itemNo = 1) => ({
    payment_id: one.postingId.slice(0, 26),
    item_no: itemNo,
    posting_id: one.postingId,
    posting_number: one.postingNumber,
    amount_fen: one.amount,
    posted_at: TODAY_TEXT,
  })
  type Look = { unmet?: string[]; day?: object; ownerId?: string }
  const look = (rows: Left<DayPosting>[], { unmet = [], day, ownerId }: Look = {}) =>
    stagedDay(
      database,
      {
        ownerId: ownerId ?? 'biller-1',
        stage: postingStage,
        rows,
        noise: [
          { ...row, postingNumber: 'noise' },
          { ...row, postingNumber: 'noise' },
        ],
      },
      (session, own) => postingMismatches(session, { ...own, unmet, ...day }, MOST),
    )
  const found = (side: string, biller: unknown, own: unknown) => [
    { paymentId, itemNo: 1, side, biller, ours: own },
  ]

  it('that both sides say are none', async () => {
    expect(await look([row])).toEqual([])
  })

  it.each([
    ['amount', { amount: fen(99) }],
    ['number', { postingNumber: 'P2' }],
  ])('differ in the %s', async (_, change) => {
    const other = { ...row, ...change }
    expect(await look([other])).toEqual(found('both', facts(other), ours))
  })

  it('are of the biller alone where nobody posted it there, on this day', async () => {
    const biller = found('biller', facts(row), null)
    const strange = { ...row, postingId: 'counter-1' }
    expect(await look([strange])).toEqual([
      {
        paymentId: 'counter-1',
        itemNo: 0,
        side: 'biller',
        biller: facts(strange, 0),
        ours: null,
      },
    ])
    expect(await look([row], { ownerId: 'biller-2' })).toEqual(biller)
    expect(await look([row], { day: { from: TODAY + 1 } })).toEqual(biller)
    expect(await look([row], { day: { to: TODAY } })).toEqual(biller)
    expect(await look([row], { day: { from: TODAY, to: TODAY + 1 } })).toEqual([])
  })

  it('are ours alone where no line of the file was met', async () => {
    const unmet = [`${row.postingId}\tand more`]
    expect(await look([], { unmet })).toEqual(found('ours', null, ours))
    expect(await look([row], { unmet })).toEqual([])
    expect(await look([], { unmet, ownerId: 'biller-2' })).toEqual([])
  })

  it('are listed twice, here or after one that was met', async () => {
    expect(await look([row, row])).toEqual(found('twice', 'P1', 2))
    expect(await look([{ ...row, isAgain: true }])).toEqual(found('twice', 'P1', 2))
    const [first, last] = ['a', 'b'].map((postingNumber) => ({ ...row, postingNumber }))
    const some = await look([last ?? row, first ?? row])
    expect(some.find(({ side }) => side === 'twice')?.biller).toBe('a')
  })
})
