import { engineName } from '../../support/databases'
import { NEWCOMER, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const LEAK = { billerId: 'shenjiang-water', accountNumber: '310407300C', answer: '兰' }

describe(`looking an account up on the ${engineName()} engine`, () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())
  const lookUp = (openid: string, change: Partial<typeof LEAK> = {}) =>
    town.call(openid, 'look-up-account', { ...LEAK, ...change })

  it.each([
    ['an unknown biller', { billerId: 'nobody' }, 'unknown-biller'],
    ['no number', { accountNumber: ' ' }, 'bad-account-number'],
    ['a dropped letter suffix', { accountNumber: '310407300' }, 'bad-account-number'],
    ['a number of another service', { accountNumber: '441020933317' }, 'bad-account-number'],
  ])('refuses %s', async (_, change, reason) => {
    expect(await lookUp('o-a', change)).toMatchObject({ ok: false, reason })
  })

  it('says the same of no such account and of a wrong answer, and counts the tries', async () => {
    const none = await lookUp('o-b', { accountNumber: '999999999Z' })
    const wrong = await lookUp('o-b', { answer: '花' })
    expect(none).toEqual({ ok: false, reason: 'no-match', details: { triesLeft: 9 } })
    expect(wrong).toEqual(none)
  })

  it('tells nothing of the holder but a mask, and only after the right answer', async () => {
    const found = replyOf(await lookUp(NEWCOMER, { accountNumber: ' ３１０４－０７３００ｃ' }))
    expect(found).toMatchObject({
      holder: '吴**',
      address: '静安区愚园路…',
      accountNumber: '310407300C',
    })
    expect(JSON.stringify(found)).not.toContain('玉兰')
  })

  it('binds only what was looked up in the last ten minutes', async () => {
    const { accountId } = replyOf(await lookUp('o-c'))
    const binding = { accountId, label: '水', household: '我家' }
    expect(await town.call('o-d', 'bind-account', binding)).toMatchObject({
      reason: 'not-looked-up',
    })
    await town.pass(11 * 60_000)
    expect(await town.call('o-c', 'bind-account', binding)).toMatchObject({
      reason: 'not-looked-up',
    })
    replyOf(await lookUp('o-c'))
    replyOf(await town.call('o-c', 'bind-account', binding))
    expect(replyOf(await lookUp('o-c')).boundAs).toBe('水')
    replyOf(await town.call('o-c', 'label-account', { ...binding, label: '自来水' }))
    expect(replyOf(await town.call('o-c', 'list-accounts', {})).accounts[0]).toMatchObject({
      label: '自来水',
      holder: '吴**',
    })
  })

  it('can take an unbinding back for ten minutes', async () => {
    const { accountId } = replyOf(await lookUp('o-e'))
    const binding = { accountId, label: '水', household: '我家' }
    replyOf(await town.call('o-e', 'bind-account', binding))
    const { undoUntil } = replyOf(await town.call('o-e', 'unbind-account', { accountId }))
    expect(undoUntil).toBe(town.clock.now() + 600_000)
    expect(await town.call('o-e', 'unbind-account', { accountId })).toMatchObject({
      reason: 'not-found',
    })
    replyOf(await town.call('o-e', 'bind-account', binding))
  })

  it('takes ten wrong answers a day and account, from whomever', async () => {
    for (let time = 0; time < 10; time += 1) {
      expect(
        await lookUp(`o-wrong-${time}`, { accountNumber: '310407301D', answer: '花' }),
      ).toMatchObject({ reason: 'no-match' })
    }
    const right = { accountNumber: '310407301D', answer: '强' }
    expect(await lookUp('o-f', right)).toMatchObject({ reason: 'out-of-tries' })
    await town.pass(24 * 3_600_000)
    expect(replyOf(await lookUp('o-f', right)).holder).toBe('徐*')
  })

  it('refuses more than five look-ups a minute', async () => {
    for (let time = 0; time < 5; time += 1) await lookUp('o-g')
    expect(await lookUp('o-g')).toMatchObject({
      reason: 'too-often',
      details: { until: town.clock.now() + 60_000 },
    })
  })

  it('says try again when the biller is down', async () => {
    town.neighbours.billers.get('shenjiang-water')?.setFaults({ down: 1 })
    expect(await lookUp('o-i')).toMatchObject({ reason: 'try-again' })
    town.neighbours.billers.get('shenjiang-water')?.setFaults({ down: 0 })
  })

  it('shows an account with its tier, its use and a forecast', async () => {
    const { accounts } = replyOf(await town.call(WANG, 'list-accounts', {}))
    const account = replyOf(
      await town.call(WANG, 'get-account', { accountId: accounts[0]?.accountId ?? '' }),
    )
    expect(account.tiers).toMatchObject({ used: 21400, current: 1, leftUntilNext: 600 })
    expect(account.usage).toHaveLength(24)
    expect(account.forecast?.month).toBe('2026-11')
  })

  it('explains a bill in parts that add up', async () => {
    const { accounts } = replyOf(await town.call(WANG, 'list-accounts', {}))
    const power = accounts.find((one) => one.billerId === 'jinghua-power')
    const bill = replyOf(
      await town.call(WANG, 'get-bill', { accountId: power?.accountId ?? '', billId: '2026-10' }),
    )
    expect(bill).toMatchObject({
      principal: 24274,
      lateFee: 316,
      daysLate: 13,
      totalTomorrow: 24614,
    })
    const why = bill.sinceLastMonth
    expect(why?.parts.map((part) => [part.kind, part.amount])).toEqual([
      ['usage', 2692],
      ['tier', 1250],
    ])
    expect(why?.difference).toBe(3942)
  })
})
