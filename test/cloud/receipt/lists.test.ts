import type { BillRow } from '../../../src/contract/list-bills'
import { engineName } from '../../support/databases'
import { dueItems, pay, SISTER, start, WANG } from '../../support/payer'
import { aTown, replyOf, TODAY, type Town } from '../../support/town'

const cursor = (...place: unknown[]) => Buffer.from(JSON.stringify(place)).toString('base64url')

describe(`lists of bills and receipts on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())

  type Filter = { household?: string; state?: 'due' | 'paid' }
  const allPages = async (filter: Filter = {}) => {
    const pages = []
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const request = { ...filter, ...(after === undefined ? {} : { after }) }
      const page = replyOf(await town.call(WANG, 'list-bills', request))
      pages.push(page)
      after = page.next
    }
    return pages
  }
  const sum = (rows: BillRow[], isCounted: (kind: BillRow['standing']['kind']) => boolean) =>
    rows
      .filter(({ standing }) => isCounted(standing.kind))
      .reduce((all, { total }) => all + total, 0)
  const isOwed = (kind: string) => kind === 'due' || kind === 'paying'

  it.each<Filter>([{}, { household: '爸妈家' }, { state: 'paid' }])(
    'a month has the sums of all its bills on every page that shows a part of it: %o',
    async (filter) => {
      const pages = await allPages(filter)
      const rows = pages.flatMap((page) => page.rows)
      expect(pages.length).toBeGreaterThan(2)
      expect(pages.flatMap((page) => page.months).length).toBeGreaterThan(
        new Set(rows.map((row) => row.month)).size,
      )
      for (const page of pages) {
        expect(page.months.map(({ month }) => month)).toEqual([
          ...new Set(page.rows.map((row) => row.month)),
        ])
        for (const { month, ...sums } of page.months) {
          const own = rows.filter((row) => row.month === month)
          expect(sums).toEqual({
            count: own.length,
            due: sum(own, isOwed),
            paid: sum(own, (kind) => !isOwed(kind)),
          })
        }
      }
    },
  )

  it('what the biller did not take is neither due nor paid', async () => {
    const before = replyOf(await town.call(WANG, 'list-bills', {})).months[0]
    town.neighbours.billers.get('jinghua-power')?.setFaults({ closedWindow: 1 })
    await pay(town, WANG, 'jinghua-power')
    const { rows, months } = replyOf(await town.call(WANG, 'list-bills', {}))
    const row = rows.find(({ standing }) => standing.kind === 'rejected')
    expect(row?.month).toBe(before?.month)
    expect(months[0]).toEqual({ ...before, due: (before?.due ?? 0) - (row?.total ?? 0) })
  })

  it('a bill costs what was paid for it, though it was credited on a later day', async () => {
    const [item] = await dueItems(town, WANG, 'jinghua-power')
    town.clock.advance(Date.parse('2026-11-16T23:58:00+08:00') - TODAY)
    const { prepayId } = await start(town, WANG, 'jinghua-power')
    await town.pass(5 * 60_000)
    town.weChatPay.tap(prepayId, 'paid')
    await town.pass(100)
    const { rows } = replyOf(await town.call(WANG, 'list-bills', {}))
    const row = rows.find(({ billId, accountId }) => {
      return billId === item?.billId && accountId === item.accountId
    })
    expect(row?.standing.kind).not.toBe('paying')
    expect(row?.total).toBe(item?.amountSeen)
  })

  it('receipts of one account are the resident’s own, not a relative’s of the same account', async () => {
    await pay(town, WANG, 'shenjiang-water')
    await pay(town, SISTER, 'jinghua-power')
    const { accounts } = replyOf(await town.call(WANG, 'list-accounts', {}))
    const of = async (billerId: string) => {
      const accountId = accounts.find((one) => one.billerId === billerId)?.accountId ?? ''
      return replyOf(await town.call(WANG, 'list-receipts', { accountId })).rows
    }
    expect(await of('shenjiang-water')).toHaveLength(1)
    expect(await of('jinghua-power')).toEqual([])
    expect(await of('yanjing-water')).toEqual([])
  })

  it.each([
    ['list-receipts', 'too late a moment', cursor(8.64e15, 'P', 1)],
    ['list-receipts', 'no moment at all', cursor(1e300, 'P', 1)],
    ['list-receipts', 'half a millisecond', cursor(TODAY + 0.5, 'P', 1)],
    ['list-receipts', 'too high a number', cursor(TODAY, 'P', 2 ** 31)],
    ['list-receipts', 'half a number', cursor(TODAY, 'P', 1.5)],
    ['list-receipts', 'a key with a zero byte', cursor(TODAY, 'P\u0000', 1)],
    ['list-bills', 'a month that is none', cursor('2026-10\u0000', 'a', 'b')],
    ['list-bills', 'a key with a zero byte', cursor('2026-10', 'a\u0000', 'b')],
    ['list-bills', 'too few parts', cursor('2026-10', 'a')],
    ['list-bills', 'no place', 'not a place'],
  ] as const)('%s refuses a place with %s', async (name, _, after) => {
    expect(await town.call(WANG, name, { after })).toEqual({ ok: false, reason: 'bad-cursor' })
  })
})
