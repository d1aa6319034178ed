import { type Database, statement, timestamp } from '../../../src/cloud/postgres/database'
import {
  closeDifference,
  type NewDifference,
  noteDifferences,
  tellDifference,
} from '../../../src/cloud/postgres/differences'
import { recordWalletMovement } from '../../../src/cloud/postgres/wallet-movements'
import { aDatabase, engineName } from '../../support/databases'
import { TODAY } from '../../support/town'

const NOW = timestamp(TODAY).replace('.000Z', '+00:00')
const DIFFERENCES = statement(
  'test-difference-rows',
  'select to_jsonb(d) as row from difference d where owner_id = $1 order by day, difference_id',
)
const AUDITS = statement(
  'test-difference-audits',
  `select audit_id || ' ' || actor || ' ' || act || coalesce(' ' || reason, '') as line from audit
   where subject_id = $1 order by audit_id collate "C"`,
)
const MOVED = statement(
  'test-wallet-rows',
  'select to_jsonb(w) as row from wallet_movement w where payee_id = $1 order by kind',
)
const HOSTED = statement(
  'test-hosted-record',
  `select record_hosted_posting($1, 'biller-1', 'account', 'bill', $2::bigint, $3, $4::timestamptz) as answer`,
)
const HOSTED_BACK = statement(
  'test-hosted-back',
  'select record_hosted_reversal($1, $2, $3::bigint, $4::timestamptz) as answer',
)
const HOSTED_ROWS = statement(
  'test-hosted-rows',
  `select amount_fen || ' ' || posting_number as line from hosted_posting where posting_id = $1
   union all select reversal_id || ' ' || amount_fen || ' ' || reversal_number from hosted_reversal
     where posting_id = $1 order by 1`,
)

describe(`what a day’s match writes, on the ${engineName()} engine`, () => {
  let database: Database
  let owner: string
  let owners = 0
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    owners += 1
    owner = `owner-${owners}`
  })

  const difference = (change: Partial<NewDifference> = {}): NewDifference => ({
    paymentId: owner,
    differenceId: `trade:${change.day ?? '2026-11-16'}:o-1`,
    ownerId: owner,
    source: 'trade',
    day: '2026-11-16',
    reason: 'day-cut',
    action: 'wait',
    facts: { about: 'o-1', side: 'ours' },
    ...change,
  })
  const note = (...some: NewDifference[]) => noteDifferences(database, some, TODAY)
  const rows = async () =>
    (await database.run<{ row: Record<string, unknown> }>(DIFFERENCES, [owner])).map(
      ({ row }) => row,
    )
  const audits = async () =>
    (await database.run<{ line: string }>(AUDITS, [owner])).map(({ line }) => line)
  const short = async () =>
    (await rows()).map(({ day, state, outcome }) => `${day} ${state} ${outcome}`)

  it('of a difference, once', async () => {
    await note(difference({ reason: 'ours-only', action: 'ask' }))
    const open = {
      payment_id: owner,
      difference_id: 'trade:2026-11-16:o-1',
      owner_id: owner,
      source: 'trade',
      day: '2026-11-16',
      reason: 'ours-only',
      action: 'ask',
      state: 'open',
      facts: { about: 'o-1', side: 'ours' },
      found_at: NOW,
      next_at: NOW,
      attempts: 0,
      outcome: null,
      finished_at: null,
    }
    expect(await rows()).toEqual([open])
    expect(await audits()).toEqual([
      'difference:trade:2026-11-16:o-1 jobs note-difference ours-only',
    ])
    await note(difference({ reason: 'fee-differs', action: 'person' }))
    expect(await rows()).toEqual([open])
    expect(await audits()).toHaveLength(1)
  })

  it('of a person’s, which is nobody else’s to do', async () => {
    await note(difference({ reason: 'fee-differs', action: 'person' }))
    expect(await rows()).toMatchObject([{ state: 'person', next_at: null, finished_at: NOW }])
  })

  it('of a line that one side counts to one day and the other to the next: both end', async () => {
    const wallet = { about: 'o-1', side: 'wallet' }
    await note(difference(), difference({ day: '2026-11-17', facts: wallet }))
    expect(await short()).toEqual([
      '2026-11-16 done counted to the other day',
      '2026-11-17 done counted to the other day',
    ])
    expect(await rows()).toMatchObject(
      [1, 2].map(() => ({ finished_at: NOW, next_at: null, attempts: 0 })),
    )
    expect(await audits()).toHaveLength(2)
  })

  it.each([
    ['of the same side', { day: '2026-11-17' }],
    ['of two days later', { day: '2026-11-18', facts: { about: 'o-1', side: 'wallet' } }],
    ['of another line', { day: '2026-11-17', facts: { about: 'o-2', side: 'wallet' } }],
    [
      'of another file',
      { day: '2026-11-17', source: 'postings' as const, facts: { about: 'o-1', side: 'wallet' } },
    ],
    [
      'that is no matter of midnight',
      {
        day: '2026-11-17',
        reason: 'wallet-only' as const,
        facts: { about: 'o-1', side: 'wallet' },
      },
    ],
  ])('of one %s ends nothing', async (_, change) => {
    await note(difference(), difference(change))
    expect((await rows()).map(({ state }) => state)).toEqual(['open', 'open'])
  })

  it('of how an action went, once it has ended nothing more', async () => {
    await note(difference())
    const own = difference()
    const later = TODAY + 3_600_000
    const put = { state: 'open', outcome: 'not yet', nextAt: later } as const
    expect(await tellDifference(database, own, put, TODAY)).toBe(true)
    expect(await rows()).toMatchObject([
      { state: 'open', outcome: 'not yet', attempts: 1, finished_at: null },
    ])
    expect(await audits()).toHaveLength(1)
    expect(await tellDifference(database, own, { state: 'person', outcome: 'no' }, TODAY)).toBe(
      true,
    )
    const ended = await rows()
    expect(ended).toMatchObject([
      { state: 'person', outcome: 'no', attempts: 2, finished_at: NOW, next_at: null },
    ])
    expect((await audits())[0]).toBe(
      'difference-person:trade:2026-11-16:o-1 jobs tell-difference no',
    )
    expect(await tellDifference(database, own, { state: 'done', outcome: 'yes' }, TODAY)).toBe(
      false,
    )
    expect(await rows()).toEqual(ended)
  })

  it('of a person’s word, on what is theirs', async () => {
    await note(
      difference({ action: 'person' }),
      difference({ day: '2026-11-18', action: 'person' }),
    )
    const by = { actor: 'zhao', outcome: 'WeChat paid it later' }
    expect(await closeDifference(database, difference(), by, TODAY)).toBe('told')
    expect(await short()).toEqual([
      '2026-11-16 done WeChat paid it later',
      '2026-11-18 person null',
    ])
    expect((await rows())[0]).toMatchObject({ finished_at: NOW, next_at: null })
    expect((await audits())[0]).toBe(
      'difference-closed:trade:2026-11-16:o-1 zhao close-difference WeChat paid it later',
    )
    expect(await closeDifference(database, difference(), by, TODAY)).toBe('not-listed')
    const others = { ...difference({ day: '2026-11-18' }), paymentId: 'another' }
    expect(await closeDifference(database, others, by, TODAY)).toBe('not-listed')
    expect(await audits()).toHaveLength(3)
  })

  it('of what moved in a wallet, once a day and kind', async () => {
    const movement = { payeeId: owner, day: '2026-11-16', kind: 'fee', debit: 'fee' } as const
    const fee = { ...movement, credit: 'wallet', amountFen: 60, remainderMills: 400 } as const
    const row = {
      payee_id: owner,
      day: '2026-11-16',
      kind: 'fee',
      debit: 'fee',
      credit: 'wallet',
      amount_fen: 60,
      remainder_mills: 400,
      at: NOW,
    }
    expect(await recordWalletMovement(database, fee, TODAY)).toBe('recorded')
    expect(await recordWalletMovement(database, { ...fee, amountFen: 7 }, TODAY)).toBe('before')
    expect(await database.run(MOVED, [owner])).toEqual([{ row }])
    expect(await audits()).toEqual(['wallet:fee:2026-11-16 wechat record-wallet-movement'])
  })

  it('of a hosted biller’s credit, once, and of what it takes back, never more than that', async () => {
    const record = async (amount: number, number: string) =>
      (await database.run<{ answer: object }>(HOSTED, [owner, amount, number, timestamp(TODAY)]))[0]
        ?.answer
    const back = async (id: string, amount: number, of = owner) =>
      (await database.run<{ answer: object }>(HOSTED_BACK, [id, of, amount, timestamp(TODAY)]))[0]
        ?.answer
    const posted = { posting_number: 'H1', posted_at: NOW }
    expect(await record(100, 'H1')).toEqual(posted)
    expect(await record(7, 'H2')).toEqual(posted)
    expect(await back('refund-0001', 60)).toEqual({ reversal_number: 'H1-0001', reversed_at: NOW })
    expect(await back('refund-0001', 60)).toEqual({ reversal_number: 'H1-0001', reversed_at: NOW })
    expect(await back('refund-0002', 41)).toEqual({ refused: 'more-than-posted' })
    expect(await back('refund-0002', 40)).toEqual({ reversal_number: 'H1-0002', reversed_at: NOW })
    expect(await back('refund-0003', 1, 'nobody')).toEqual({ refused: 'no-such-posting' })
    expect(
      (await database.run<{ line: string }>(HOSTED_ROWS, [owner])).map(({ line }) => line),
    ).toEqual(['100 H1', 'refund-0001 60 H1-0001', 'refund-0002 40 H1-0002'])
  })
})
