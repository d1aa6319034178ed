import { dispatch } from '../../../src/cloud/dispatcher'
import { statement } from '../../../src/cloud/postgres/database'
import type { Ports } from '../../../src/cloud/use-cases/ports'
import { engineName } from '../../support/databases'
import { WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const WATER = { billerId: 'shenjiang-water', accountNumber: '310407300C', answer: '兰' }
const MINUTE_MS = 60_000
const COUNTERS = statement('test-counters', 'select count(*)::int as counters from attempt')

/** A number that follows the rule and is nobody's. */
const nobodys = (index: number) => `9${String(index).padStart(8, '0')}Z`

describe(`how often one may look accounts up on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())
  const lookUp = (openid: string, change: Partial<typeof WATER> = {}, address?: string) =>
    town.call(openid, 'look-up-account', { ...WATER, ...change }, address)
  const alarms = () => town.log.filter((entry) => entry.level === 'alarm')

  it('twenty times a day for accounts that are not bound, until midnight', async () => {
    for (let time = 0; time < 20; time += 1) {
      replyOf(await lookUp('o-day'))
      await town.pass(MINUTE_MS)
    }
    expect(await lookUp('o-day')).toEqual({
      ok: false,
      reason: 'too-often',
      details: { until: Date.parse('2026-11-17T00:00:00+08:00') },
    })
    await town.pass(10 * 60 * MINUTE_MS)
    replyOf(await lookUp('o-day'))
  })

  it('a bound account does not count towards the day', async () => {
    const own = { accountNumber: '310407216A', answer: nameEnd('310407216A') }
    for (let time = 0; time < 22; time += 1) {
      expect(replyOf(await lookUp(WANG, own)).boundAs).toBe('水')
      await town.pass(MINUTE_MS)
    }
    replyOf(await lookUp(WANG))
  })

  it('sixty times a minute from one address, whoever asks', async () => {
    for (let person = 0; person < 60; person += 1)
      replyOf(await lookUp(`o-${person}`, {}, '203.0.113.7'))
    expect(await lookUp('o-60', {}, '203.0.113.7')).toMatchObject({
      reason: 'too-often',
      details: { until: town.clock.now() + MINUTE_MS },
    })
    replyOf(await lookUp('o-60', {}, '203.0.113.8'))
    await town.pass(MINUTE_MS)
    replyOf(await lookUp('o-61', {}, '203.0.113.7'))
  })

  it('the hundredth distinct account of an hour from one address is an alarm, once', async () => {
    const walk = async (from: number, to: number) => {
      for (let index = from; index < to; index += 1) {
        if (index % 50 === 0) await town.pass(MINUTE_MS)
        await lookUp(`o-walker-${index}`, { accountNumber: nobodys(index) }, '203.0.113.9')
      }
    }
    await walk(0, 99)
    await lookUp('o-again', { accountNumber: nobodys(98) }, '203.0.113.9')
    expect(alarms()).toEqual([])
    await walk(99, 103)
    expect(alarms()).toMatchObject([{ event: 'many-accounts-from-one-address' }])
    expect(JSON.stringify(town.log)).not.toContain('203.0.113.9')
  })

  it('the third wrong answer of a day has to wait, each further one twice as long', async () => {
    for (const accountNumber of [nobodys(1), nobodys(2)])
      expect(await lookUp('o-guess', { accountNumber })).toMatchObject({ reason: 'no-match' })
    for (const [index, seconds] of [30, 60, 120, 240].entries()) {
      const accountNumber = nobodys(10 + index)
      expect(await lookUp('o-guess', { accountNumber })).toMatchObject({ reason: 'no-match' })
      const until = town.clock.now() + seconds * 1000
      expect(await lookUp('o-guess')).toMatchObject({ reason: 'too-often', details: { until } })
      await town.pass(seconds * 1000 - 1)
      expect(await lookUp('o-guess')).toMatchObject({ reason: 'too-often' })
      await town.pass(1)
    }
    replyOf(await lookUp('o-guess'))
    replyOf(await lookUp('o-else'))
  })

  it('an outage of the biller uses up neither the account’s tries nor the resident’s day', async () => {
    const biller = town.neighbours.billers.get('shenjiang-water')
    biller?.setFaults({ down: 1 })
    for (let time = 0; time < 25; time += 1) {
      expect(await lookUp('o-outage')).toMatchObject({ reason: 'try-again' })
      await town.pass(MINUTE_MS)
    }
    biller?.setFaults({ down: 0 })
    expect(await lookUp('o-outage', { answer: '花' })).toMatchObject({
      reason: 'no-match',
      details: { triesLeft: 9 },
    })
    replyOf(await lookUp('o-outage'))
  })

  it('a no comes at the next whole second, however long the biller took for which no', async () => {
    const waits: number[] = []
    const slow = (milliseconds: number): Ports => ({
      ...town.ports,
      sleep: async (wait) => {
        waits.push(wait)
      },
      billers: {
        ...town.ports.billers,
        adapter: (billerId) => ({
          ...town.ports.billers.adapter(billerId),
          findAccount: async (accountNumber) => {
            town.clock.advance(milliseconds)
            return town.ports.billers.adapter(billerId).findAccount(accountNumber)
          },
        }),
      },
    })
    const ask = (ports: Ports, openid: string, change: Partial<typeof WATER>) =>
      dispatch(
        { ports, log: ports.log },
        { openid },
        { call: 'look-up-account', request: { ...WATER, ...change } },
      )
    const none = await ask(slow(10), 'o-none', { accountNumber: nobodys(7) })
    const wrong = await ask(slow(640), 'o-wrong', { answer: '花' })
    expect(wrong).toEqual(none)
    await ask(slow(1_640), 'o-slower', { answer: '花' })
    await ask(slow(1_000), 'o-even', { answer: '花' })
    expect(waits).toEqual([990, 360, 360, 0])
    expect(await ask(slow(10), 'o-right', {})).toMatchObject({ ok: true })
    expect(waits).toHaveLength(4)
  })

  it('a suspended account is told as such only to who knows the answer', async () => {
    const suspended = { billerId: 'jinghua-power', accountNumber: '441020930000' }
    expect(await lookUp('o-h', { ...suspended, answer: '军' })).toMatchObject({
      reason: 'suspended',
    })
    expect(await lookUp('o-h', { ...suspended, answer: '花' })).toMatchObject({
      reason: 'no-match',
    })
  })

  it('a number of another city’s company matches nothing here', async () => {
    const elsewhere = { accountNumber: '441020933317', answer: nameEnd('441020933317') }
    expect(
      replyOf(await lookUp('o-city', { billerId: 'jinghua-power', ...elsewhere })),
    ).toBeDefined()
    expect(await lookUp('o-city', { billerId: 'shencheng-power', ...elsewhere })).toMatchObject({
      reason: 'no-match',
    })
  })

  it('the counters of days that are over are forgotten', async () => {
    const counters = async () =>
      (await town.database.run<{ counters: number }>(COUNTERS))[0]?.counters
    await lookUp('o-past', { answer: '花' }, '203.0.113.9')
    await town.pass(40 * 60 * MINUTE_MS)
    await town.jobs()
    expect(await counters()).toBeGreaterThan(3)
    await town.pass(33 * 60 * MINUTE_MS)
    await town.jobs()
    expect(await counters()).toBe(0)
  })

  function nameEnd(accountNumber: string): string {
    for (const { books } of town.neighbours.billers.values()) {
      const account = books.account(accountNumber)
      if (account !== undefined) return account.holderName.slice(-1)
    }
    throw new Error(`nobody has ${accountNumber}`)
  }
})
