import { type DailyFile, filesOfDays } from '../../../src/cloud/postgres/daily-files'
import { type Difference, listDifferences } from '../../../src/cloud/postgres/differences'
import { reconcileDays, wantDay } from '../../../src/cloud/use-cases/reconcile-days'
import type { SimulatedOrder } from '../../../src/simulators/wechat-pay/orders'
import { engineName } from '../../support/databases'
import { frozenBefore } from '../../support/frozen-runner'
import { expectLawsHold } from '../../support/money-laws'
import { pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const DAY = '2026-11-16'
const NEXT_DAY = '2026-11-17'
const HOUR = 3_600_000
const BILLER = 'jinghua-power'
const DIRECT = 'pujiang-gas'

describe(`the daily match, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  /** Half past ten on the day after, when files are there. */
  const toTheMorning = (day = NEXT_DAY) => {
    town.clock.advance(Date.parse(`${day}T10:30:00+08:00`) - town.clock.now())
  }
  const match = () => reconcileDays(town.ports, Number.POSITIVE_INFINITY)
  const matchHourly = async (hours: number) => {
    for (let hour = 0; hour < hours; hour += 1) {
      await match()
      town.clock.advance(HOUR)
    }
  }
  const files = (day = DAY): Promise<DailyFile[]> => filesOfDays(town.database, day, day)
  const differences = (day = DAY): Promise<Difference[]> => listDifferences(town.database, day, 100)
  const short = (all: readonly Difference[]) =>
    all.map((one) => `${one.source} ${one.reason} ${one.action} ${one.state}`)
  const orderOf = ({ prepayId }: { prepayId: string }): SimulatedOrder => {
    const order = town.weChatPay.orders().find((one) => one.prepayIds.includes(prepayId))
    if (order === undefined) throw new Error('there is such an order')
    return order
  }
  const books = (billerId = BILLER) => {
    const found = town.neighbours.billers.get(billerId)?.books
    if (found === undefined) throw new Error('there is such a biller')
    return found
  }
  const trailOf = async (paymentId: string) =>
    (await paymentOf(town, WANG, paymentId)).items.map((item) => item.trail.at(-1))

  it('a day that agrees leaves no difference, and the fourth fact stands with its time', async () => {
    const partner = await pay(town, WANG, BILLER)
    const direct = await pay(town, WANG, DIRECT)
    await town.jobs()
    const awaited = Date.parse('2026-11-17T11:00:00+08:00')
    expect(await trailOf(partner.paymentId)).toEqual([{ kind: 'matched', expectedBy: awaited }])
    toTheMorning()
    await match()
    expect((await files()).map((file) => file.state)).toEqual(
      Array.from({ length: 15 }, () => 'matched'),
    )
    expect(await differences()).toEqual([])
    const at = town.clock.now()
    expect(await trailOf(partner.paymentId)).toEqual([{ kind: 'matched', at }])
    expect(await trailOf(direct.paymentId)).toEqual([{ kind: 'matched', at }])
    // Our books say each line, too.
    expect((await files()).map((file) => file.leftRows)).toEqual(
      Array.from({ length: 15 }, () => 0),
    )
    const rows = (await files()).filter((file) => file.rows !== 0)
    expect(rows.map((file) => `${file.source} ${file.ownerId} ${file.rows}`)).toEqual([
      `fund-flow 1900000301 2`,
      `postings ${BILLER} 1`,
      `postings ${DIRECT} 1`,
      'trade 1900000203 1',
      'trade 1900000301 1',
    ])
  })

  it('a matched day is not matched again: a second run asks nobody and changes nothing', async () => {
    await pay(town, WANG, BILLER)
    toTheMorning()
    await match()
    const before = await files()
    const asked = town.weChatPay.requests().length
    town.clock.advance(HOUR)
    await wantDay(town.ports, DAY)
    await match()
    expect(await files()).toEqual(before)
    expect(town.weChatPay.requests().length).toBe(asked)
  })

  it.each([
    ['the last one', '2026-11-19'],
    ['one that is not over yet', '2026-11-20'],
  ])('no day is left out, even when an operator wants %s first', async (_, first) => {
    await match()
    town.clock.advance(Date.parse('2026-11-20T10:30:00+08:00') - town.clock.now())
    await wantDay(town.ports, first)
    await match()
    const there = await filesOfDays(town.database, '2026-11-01', '2026-11-19')
    const days = ['2026-11-15', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19']
    expect([...new Set(there.map(({ day }) => day))]).toEqual(days)
    expect(there).toHaveLength(15 * days.length)
  })

  it.each(['differences-of-trade', 'differences-of-refunds', 'differences-of-postings'])(
    'a runner frozen before %s, whose rows another one has matched and cleared, notes nothing',
    async (name) => {
      await pay(town, WANG, BILLER)
      await town.jobs()
      toTheMorning()
      const runner = await frozenBefore(town, name, reconcileDays)
      // Its other file was under way, too, and is its own until that lease has ended.
      for (let time = 0; time < 2; time += 1) {
        town.clock.advance(2 * HOUR)
        await match()
      }
      expect((await files()).every((file) => file.state === 'matched')).toBe(true)
      await runner.goOn()
      expect(await differences()).toEqual([])
    },
  )

  it('money that only WeChat knows of is settled by its word, and posted', async () => {
    town.weChatPay.faults.set({ noticeLost: 1 })
    const payment = await start(town, WANG, BILLER)
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    toTheMorning()
    await match()
    expect(short(await differences())).toEqual(['trade wallet-only ask done'])
    const { items } = await paymentOf(town, WANG, payment.paymentId)
    expect(items.map((item) => item.state)).toEqual(['posted'])
    expect(await trailOf(payment.paymentId)).toMatchObject([
      { kind: 'matched', expectedBy: expect.any(Number) },
    ])
    toTheMorning('2026-11-18')
    await match()
    const at = town.clock.now()
    expect(await trailOf(payment.paymentId)).toEqual([{ kind: 'matched', at }])
  })

  it('the timers match the day before by themselves, from ten on', async () => {
    await pay(town, WANG, BILLER)
    town.clock.advance(Date.parse('2026-11-17T09:59:00+08:00') - town.clock.now())
    await town.jobs()
    expect(await files()).toEqual([])
    town.clock.advance(60_000)
    await town.jobs()
    expect((await files()).map((file) => file.state)).toEqual(
      Array.from({ length: 15 }, () => 'matched'),
    )
    expect(town.log.filter((entry) => entry.level !== 'info')).toEqual([])
  })

  it('money that came after our close is found, too', async () => {
    const payment = await start(town, WANG, BILLER)
    town.clock.advance(17 * 60_000)
    await town.jobs()
    expect((await paymentOf(town, WANG, payment.paymentId)).state).toBe('closed')
    town.weChatPay.faults.set({ noticeLost: 1 })
    town.weChatPay.payLate(orderOf(payment).number)
    toTheMorning()
    await match()
    expect(short(await differences())).toEqual(['trade wallet-only ask done'])
    expect((await paymentOf(town, WANG, payment.paymentId)).state).toBe('paid')
  })

  it('what WeChat’s file lacks is asked about, and its proof is for a person to take up', async () => {
    const payment = await pay(town, WANG, BILLER)
    for (const share of orderOf(payment).shares) share.misprint = { absent: true }
    toTheMorning()
    await match()
    // An empty file of a day on which we were paid is not believed at once.
    expect(await differences()).toEqual([])
    await matchHourly(12)
    expect(short(await differences())).toEqual(['trade ours-only ask person'])
  })

  it('a row of another amount is a person’s, and its item is not called matched', async () => {
    const payment = await pay(town, WANG, BILLER)
    for (const share of orderOf(payment).shares) share.misprint = { amount: 24_564 }
    toTheMorning()
    await match()
    expect(short(await differences())).toEqual(['trade amount-differs person person'])
    town.clock.advance(HOUR)
    const next = Date.parse('2026-11-18T11:00:00+08:00')
    expect(await trailOf(payment.paymentId)).toEqual([
      { kind: 'matched', expectedBy: next, late: true },
    ])
  })

  it('a fee beside the contract is a person’s, in the trade file and nowhere else', async () => {
    const payment = await pay(town, WANG, DIRECT)
    for (const share of orderOf(payment).shares) share.misprint = { fee: 25 }
    toTheMorning()
    await match()
    expect(short(await differences())).toEqual(['trade fee-differs person person'])
  })

  it('a credit that the biller lost is told again under the same id, once', async () => {
    const payment = await pay(town, WANG, BILLER)
    const told = books().dump()
    books().load({
      ...told,
      credits: [],
      bills: told.bills.map((one) => ({ ...one, bill: { ...one.bill, status: 'due' as const } })),
    })
    // Another credit, so that the file is not empty.
    await pay(town, WANG, 'yanjing-water')
    toTheMorning()
    await matchHourly(30)
    expect(short(await differences())).toEqual(['postings ours-only post-again done'])
    expect(books().credits()).toHaveLength(1)
    expect((await paymentOf(town, WANG, payment.paymentId)).items[0]?.state).toBe('posted')
  })

  it('a credit that only the biller knows of finishes the open posting by its word', async () => {
    for (const biller of town.neighbours.billers.values())
      biller.setFaults({ timeOutAfterPosting: 1 })
    const payment = await pay(town, WANG, BILLER)
    for (const biller of town.neighbours.billers.values())
      biller.setFaults({ timeOutAfterPosting: 0 })
    toTheMorning()
    await match()
    expect(short(await differences())).toEqual(['postings biller-only ask done'])
    const { items } = await paymentOf(town, WANG, payment.paymentId)
    expect(items.map((item) => item.state)).toEqual(['posted'])
  })

  it('a credit that nobody here asked for is a person’s', async () => {
    await pay(town, WANG, BILLER)
    const told = books().dump()
    const [credit] = told.credits
    if (credit === undefined) throw new Error('it was credited')
    const posting = { ...credit.posting, postingId: 'counter-000017' }
    books().load({ ...told, credits: [credit, { ...credit, posting }] })
    toTheMorning()
    await match()
    expect(short(await differences())).toEqual(['postings biller-only person person'])
  })

  it('a payment that we count to one day and WeChat to the next ends by itself on the next', async () => {
    town.clock.advance(Date.parse('2026-11-16T23:59:58+08:00') - town.clock.now())
    const payment = await pay(town, WANG, BILLER)
    await pay(town, WANG, 'yanjing-water')
    for (const share of orderOf(payment).shares)
      share.misprint = { at: Date.parse('2026-11-17T00:00:03+08:00') }
    toTheMorning()
    await matchHourly(40)
    expect(short((await differences()).filter((one) => one.source === 'trade'))).toEqual([
      'trade day-cut wait done',
    ])
  })

  it('a refund that WeChat’s file lacks is asked about; one made on the merchant platform is taken in, and its credit is a person’s', async () => {
    const payment = await start(town, WANG, BILLER)
    for (const { bill } of books().dump().bills)
      if (bill.billId === payment.items[0]?.billId) bill.status = 'paid'
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    await town.jobs()
    await town.pass(60_000)
    await town.jobs()
    const [share] = orderOf(payment).shares
    const [refund] = share?.refunds ?? []
    if (refund === undefined) throw new Error('it was given back')
    refund.misprint = { absent: true }
    const other = await pay(town, WANG, 'yanjing-water')
    town.weChatPay.faults.set({ noticeLost: 1 })
    town.weChatPay.refundByHand(orderOf(other).shares[0]?.transactionId ?? '', 100)
    toTheMorning()
    await match()
    const found = await differences()
    const taken = found.find((one) => one.reason === 'refund-unknown')
    expect(taken?.outcome).toBe('taken in; its biller’s credit is on a person’s list')
    expect(short(found).sort()).toEqual([
      'trade refund-not-seen ask done',
      'trade refund-unknown ask done',
    ])
  })
})
