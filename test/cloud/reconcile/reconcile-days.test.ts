import type { Manifest } from '../../../src/cloud/billers/manifest-schema'
import {
  claimFile,
  type FileKey,
  filesOfDays,
  stageFile,
  wantFile,
} from '../../../src/cloud/postgres/daily-files'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { noteDifferences } from '../../../src/cloud/postgres/differences'
import type { LogEntry, Ports } from '../../../src/cloud/use-cases/ports'
import {
  dayBefore,
  matchDays,
  reconcileDays,
  wantDay,
} from '../../../src/cloud/use-cases/reconcile-days'
import { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'

const EVER = Number.POSITIVE_INFINITY
const HOUR_MS = 3_600_000
const at = (text: string) => Date.parse(`${text}+08:00`)
const MORNING = at('2026-11-17T10:30:00')
const EMPTY = statement('test-files-emptied', 'truncate daily_file, difference')
const NEXT = statement(
  'test-file-next',
  `select next_at as "nextAt", refusal from daily_file where owner_id = $1 and source = $2`,
)

/** While others go on. */
const later = () => new Promise((resolve) => setTimeout(resolve, 20))

const direct = {
  id: 'b-1',
  payee: { mode: 'direct', mchid: 'm-1' },
} as Pick<Manifest, 'id' | 'payee'>

describe(`the files of days, on the ${engineName()} engine`, () => {
  let database: Database
  let now: number
  let read: string[]
  let log: LogEntry[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    now = MORNING
    read = []
    log = []
    await database.run(EMPTY)
  })

  type Answer = { refused?: { refusal: 'not-ready'; detail: string }; fault?: Error }
  /** A merchant of its own and its biller, whose files are empty, or so. */
  const ports = ({ refused, fault }: Answer = {}, billers = [direct]): Ports => {
    const answer = async (name: string, day: string, more: object) => {
      read.push(`${name} ${day}`)
      if (name === 'trade') await later()
      if (name === 'trade') read.push('trades end')
      if (fault !== undefined) throw fault
      if (refused !== undefined) return { state: 'refused', ...refused } as never
      return { state: 'read', rows: 0, digest: 'd', ...more } as never
    }
    return portsOver(database, {
      now: () => now,
      log,
      billers,
      weChatPay: {
        readTrades: (_, day) => answer('trade', day, {}),
        readFundFlow: (_, day) => answer('fund-flow', day, { flow: { rows: 0, byType: {} } }),
      },
      biller: () => ({ readPostings: (day) => answer('postings', day, {}) }),
    })
  }
  const days = async () => {
    const files = await filesOfDays(database, '2026-01-01', '2027-12-31')
    return [...new Set(files.map(({ day }) => day))]
  }
  const states = async () =>
    (await filesOfDays(database, '2026-01-01', '2027-12-31')).map(
      ({ source, day, state }) => `${source} ${day} ${state}`,
    )
  const warnings = () =>
    log.map(({ level, event, about }) => `${level} ${event} ${about?.replace(/ E\S+$/, ' E')}`)

  it('are read once a day is closed, the flow after the trades, and matched once', async () => {
    expect(await matchDays(ports(), EVER)).toBe(3)
    expect(read).toHaveLength(4)
    expect(read.slice(-2)).toEqual(['trades end', 'fund-flow 2026-11-16'])
    expect(await states()).toEqual([
      'fund-flow 2026-11-16 matched',
      'postings 2026-11-16 matched',
      'trade 2026-11-16 matched',
    ])
    expect(warnings().sort()).toEqual([
      'info daily-file-matched 0 fund-flow m-1 2026-11-16',
      'info daily-file-matched 0 postings b-1 2026-11-16',
      'info daily-file-matched 0 trade m-1 2026-11-16',
    ])
    now += HOUR_MS
    expect(await matchDays(ports(), EVER)).toBe(0)
    expect(read).toHaveLength(4)
  })

  it('are not begun before ten, nor once time is over', async () => {
    now = at('2026-11-17T09:59:59')
    await matchDays(ports(), EVER)
    expect(await days()).toEqual(['2026-11-15'])
    now = MORNING
    expect(await matchDays(ports(), now)).toBe(0)
    expect(await days()).toEqual(['2026-11-15', '2026-11-16'])
    expect(read).toHaveLength(4)
  })

  it('are wanted of every day since the first, and of no other', async () => {
    await wantDay(ports(), '2026-11-12')
    await wantDay(ports(), '2026-11-14')
    await matchDays(ports(), EVER)
    const all = ['2026-11-12', '2026-11-13', '2026-11-14', '2026-11-15', '2026-11-16']
    expect(await days()).toEqual(all)
    expect(read).toHaveLength(20)
    now += 24 * HOUR_MS
    await matchDays(ports(), EVER)
    expect(await days()).toEqual([...all, '2026-11-17'])
    expect(read).toHaveLength(24)
  })

  it('that were put off are asked for at once when an operator wants them; matched ones are not', async () => {
    const refused = { refusal: 'not-ready', detail: 'x' } as const
    await matchDays(ports({ refused }), EVER)
    expect(await matchDays(ports(), EVER)).toBe(0)
    await wantDay(ports(), '2026-11-16')
    expect(await matchDays(ports(), EVER)).toBe(3)
    expect(await states()).toEqual([
      'fund-flow 2026-11-16 matched',
      'postings 2026-11-16 matched',
      'trade 2026-11-16 matched',
    ])
    await wantDay(ports(), '2026-11-16')
    expect(await matchDays(ports(), EVER)).toBe(0)
  })

  it('are wanted of the last closed day, even when a later one was wanted first', async () => {
    await wantDay(ports(), '2026-11-18')
    await matchDays(ports({ refused: { refusal: 'not-ready', detail: 'x' } }), EVER)
    expect(await days()).toEqual(['2026-11-16', '2026-11-18'])
  })

  it('are wanted as long as WeChat keeps them', async () => {
    await wantFile(database, { ownerId: 'm-1', source: 'trade', day: '2026-01-01' }, now)
    await matchDays(ports({ refused: { refusal: 'not-ready', detail: 'x' } }), EVER)
    const trades = (await filesOfDays(database, '2026-01-02', '2026-12-31')).filter(
      ({ source }) => source === 'trade',
    )
    expect(trades).toHaveLength(90)
    expect(trades[0]?.day).toBe('2026-08-19')
  })

  it('that are refused are asked for again, and loud in the afternoon', async () => {
    const missing = ports({ refused: { refusal: 'not-ready', detail: 'none yet' } })
    const own = [{ ...direct, payee: { mode: 'partner', mchid: 'm', subMchid: 'm-1' } }]
    const ofPartner = { ...missing, billers: { ...missing.billers, all: () => own as never } }
    await matchDays(ofPartner, EVER)
    const next = async () => (await database.run(NEXT, ['m-1', 'trade']))[0]
    expect(await next()).toEqual({ nextAt: now + 5 * 60_000, refusal: 'not-ready' })
    const refused = [
      'warn daily-file-refused postings b-1 2026-11-16 not-ready: none yet',
      'warn daily-file-refused trade m-1 2026-11-16 not-ready: none yet',
    ]
    expect(warnings().sort()).toEqual(refused)
    log.length = 0
    now = at('2026-11-17T14:00:00') - 1
    await matchDays(ofPartner, EVER)
    expect(await next()).toEqual({ nextAt: now + 10 * 60_000, refusal: 'not-ready' })
    expect(warnings().sort()).toEqual(refused)
    log.length = 0
    now = at('2026-11-17T14:10:00')
    await matchDays(ofPartner, EVER)
    expect(warnings().sort()).toEqual([
      'alarm daily-file-late postings b-1 2026-11-16',
      'alarm daily-file-late trade m-1 2026-11-16',
      ...refused,
    ])
  })

  it('that could not be read are a fault with an id, and others are read', async () => {
    await matchDays(ports({ fault: new WeChatPayFault('SYSTEM_ERROR') }), EVER)
    const faults = log.filter(({ event }) => event === 'daily-file')
    expect(faults.map(({ level, about }) => `${level} ${about}`).sort()).toEqual([
      'warn fund-flow m-1 2026-11-16',
      'warn postings b-1 2026-11-16',
      'warn trade m-1 2026-11-16',
    ])
    const told = log.filter(({ event }) => event === 'daily-file-refused')
    expect(told.map(({ about }) => about).sort()).toEqual(
      faults.map(({ about, errorId }) => `${about} no-answer: ${errorId}`).sort(),
    )
  })

  it('of a biller that is gone are refused', async () => {
    await wantFile(database, { ownerId: 'gone', source: 'postings', day: '2026-11-16' }, now)
    await matchDays(ports({}, []), EVER)
    expect(warnings()).toEqual([
      'warn daily-file-refused postings gone 2026-11-16 no-owner: no biller has it any more',
    ])
  })

  it('are taken by one of two runners', async () => {
    const begun = await Promise.all([matchDays(ports(), EVER), matchDays(ports(), EVER)])
    expect(read.filter((one) => one.startsWith('trade '))).toHaveLength(1)
    expect(begun.every((many) => many <= 3)).toBe(true)
    // The other one may ask for the flow before the trades are matched.
    expect(
      warnings().filter((one) => one.startsWith('warn') && !one.includes('fund-flow')),
    ).toEqual([])
  })

  it('that were read and not matched are matched, and not read again', async () => {
    const key: FileKey = { ownerId: 'm-1', source: 'trade', day: '2026-11-16' }
    await wantFile(database, key, now)
    const attempt = (await claimFile(database, key, now, 0)) ?? 0
    const whole = { rows: 0, digest: 'd', sums: {}, leftRows: 0, unmet: [], heldAt: now }
    await stageFile(database, key, attempt, whole)
    await matchDays(ports(), EVER)
    expect(read.sort()).toEqual(['fund-flow 2026-11-16', 'postings 2026-11-16'])
    expect((await states()).every((state) => state.endsWith('matched'))).toBe(true)
  })

  it('of a wallet wait for the trades', async () => {
    const own = ports()
    own.weChatPay.readTrades = async () => ({ state: 'refused', refusal: 'bad-sum', detail: 'x' })
    await matchDays(own, EVER)
    expect(warnings().filter((one) => one.startsWith('warn'))).toEqual([
      'warn daily-file-refused trade m-1 2026-11-16 bad-sum: x',
      'warn daily-file-refused fund-flow m-1 2026-11-16 not-ready: the trade file comes first',
    ])
  })

  it('are loud from two on', async () => {
    now = at('2026-11-17T14:00:00')
    await matchDays(ports({ refused: { refusal: 'not-ready', detail: 'x' } }), EVER)
    expect(log.filter(({ level }) => level === 'alarm')).toHaveLength(3)
  })

  it.each([
    ['reads are left to it', 89_999, 1],
    ['took over meanwhile are its own', 90_001, 2],
  ])('that another runner %s', async (_, waited, many) => {
    const slow = ports()
    const { readTrades } = slow.weChatPay
    let isFirst = true
    slow.weChatPay.readTrades = async (...given) => {
      if (isFirst) {
        isFirst = false
        now += waited
        await matchDays(ports(), EVER)
      }
      return readTrades(...given)
    }
    await matchDays(slow, EVER)
    expect(read.filter((one) => one.startsWith('trade '))).toHaveLength(many)
    const warned = warnings().filter((one) => !one.startsWith('info'))
    expect(warned.filter((one) => !one.includes('fund-flow'))).toEqual([])
  })

  it('are matched before what differs is settled, and both are counted', async () => {
    const waiting = {
      paymentId: 'nobody',
      differenceId: 'd',
      ownerId: 'm-1',
      source: 'trade',
      day: '2026-11-01',
      reason: 'wallet-only',
      action: 'ask',
      facts: { about: 'o', side: 'wallet' },
    } as const
    await noteDifferences(database, [waiting], now)
    expect(await reconcileDays(ports(), EVER)).toBe(4)
    expect(dayBefore(now)).toBe('2026-11-16')
  })
})
