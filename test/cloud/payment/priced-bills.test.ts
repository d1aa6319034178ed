import { statement } from '../../../src/cloud/postgres/database'
import { listBills } from '../../../src/cloud/use-cases/list-bills'
import { engineName } from '../../support/databases'
import { pay, SISTER, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const DAY_MS = 24 * 3_600_000
const POWER = 'Jinghua Power'
const AT_A_COUNTER = statement(
  'test-bill-paid-at-a-counter',
  `update bill set status = 'paid' where biller_id = 'jinghua-power' and bill_id = '2026-10'`,
)

describe(`what bills cost, or cost when they were paid, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())

  /** The sister’s power and water of October, and what she has to pay and has paid of that month. */
  const october = async (openid = SISTER) => {
    const { rows, months } = replyOf(
      await listBills(town.ports, { openid }, { household: '爸妈家' }),
    )
    const power = rows.find((row) => row.month === '2026-10' && row.billerName.en === POWER)
    return { kind: power?.standing.kind, total: power?.total, sums: months[0] }
  }
  const sums = (due: number, paid: number) => ({ month: '2026-10', count: 2, due, paid })

  it('grows with every day that a bill is late, also while somebody is paying it', async () => {
    expect(await october()).toEqual({
      kind: 'due',
      total: 24_565,
      sums: sums(24_565 + 9_000, 0),
    })
    await town.pass(DAY_MS)
    expect(await october()).toMatchObject({ total: 24_590 })
    await start(town, SISTER, 'jinghua-power')
    expect(await october()).toEqual({
      kind: 'paying',
      total: 24_590,
      sums: sums(24_590 + 9_000, 0),
    })
  })

  it('stays what was paid for it, whatever it would cost by now', async () => {
    await pay(town, SISTER, 'jinghua-power')
    await town.pass(3 * DAY_MS)
    expect(await october()).toEqual({ kind: 'posted', total: 24_565, sums: sums(9_000, 24_565) })
  })

  it('is the principal of a bill that was paid at a counter', async () => {
    await town.database.run(AT_A_COUNTER)
    expect(await october()).toEqual({
      kind: 'paid-elsewhere',
      total: 24_274,
      sums: sums(9_000, 24_274),
    })
  })

  it('is in neither sum where the biller refused what was paid', async () => {
    town.neighbours.billers
      .get('jinghua-power')
      ?.books.dump()
      .bills.forEach(({ bill }) => {
        bill.principal += 1
      })
    await pay(town, SISTER, 'jinghua-power')
    expect(await october()).toEqual({ kind: 'rejected', total: 24_565, sums: sums(9_000, 0) })
  })

  it('of a month counts the bills of that month alone', async () => {
    const { months } = replyOf(await listBills(town.ports, { openid: WANG }, {}))
    expect(months[0]).toEqual({
      month: '2026-10',
      count: 6,
      due: 7_590 + 4_094 + 4_200 + 24_565 + 9_000,
      paid: 7_500,
    })
    expect(months[1]).toMatchObject({ month: '2026-09', count: 6, due: 0 })
  })
})
