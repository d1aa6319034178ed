import { statement } from '../../../src/cloud/postgres/database'
import { startPayment } from '../../../src/cloud/use-cases/start-payment'
import { engineName } from '../../support/databases'
import { aPaymentId, dueItems, pay, SISTER, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const GRANDMOTHER = 'o-demo-grandmother'
const SUSPENDED = statement(
  'test-account-suspended',
  `update account set state = 'suspended' where account_id = $1`,
)

type Items = Awaited<ReturnType<typeof dueItems>>

describe(`what the phone is told of a bill that cannot be paid, on the ${engineName()} engine`, () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())

  const refusal = (openid: string, items: Items) =>
    startPayment(town.ports, { openid }, { paymentId: aPaymentId(), items })
  const which = ([item]: Items, billerId: string) => ({
    accountId: item?.accountId,
    billId: item?.billId,
    billerId,
  })

  it('is the amount of now where it changed', async () => {
    const items = await dueItems(town, WANG, 'shencheng-power')
    const seen = items.map((item) => ({ ...item, amountSeen: 1 as never }))
    expect(await refusal(WANG, seen)).toStrictEqual({
      ok: false,
      reason: 'amount-changed',
      details: { ...which(items, 'shencheng-power'), amountDue: 4_094 },
    })
  })

  it('is the payment that holds it to who is paying it, and who to a relative', async () => {
    const { paymentId, items, started } = await start(town, WANG, 'jinghua-power')
    const held = { ...which(items, 'jinghua-power'), until: started.expiresAt }
    const said = (who: object) => ({
      ok: false,
      reason: 'being-paid',
      details: { ...held, ...who },
    })
    expect(await refusal(WANG, items)).toStrictEqual(said({ paymentId }))
    expect(await refusal(SISTER, items)).toStrictEqual(said({ payer: '妹妹' }))
  })

  it('is which bill, and no more, where it was paid or its account is suspended', async () => {
    const { items } = await pay(town, WANG, 'pujiang-gas')
    const details = which(items, 'pujiang-gas')
    expect(await refusal(WANG, items)).toStrictEqual({
      ok: false,
      reason: 'already-paid',
      details,
    })
    const own = await dueItems(town, SISTER, 'yanjing-water')
    await start(town, WANG, 'yanjing-water')
    await town.database.run(SUSPENDED, [own[0]?.accountId ?? ''])
    expect(await refusal(SISTER, own)).toStrictEqual({
      ok: false,
      reason: 'suspended',
      details: which(own, 'yanjing-water'),
    })
  })

  it('is when a biller closes and opens, too soon before it closes and while it is closed', async () => {
    const items = await dueItems(town, GRANDMOTHER, 'liuzhen-water')
    const closed = {
      ok: false,
      reason: 'closed-window',
      details: {
        ...which(items, 'liuzhen-water'),
        from: Date.parse('2026-11-16T23:30:00+08:00'),
        until: Date.parse('2026-11-17T00:30:00+08:00'),
      },
    }
    for (const clock of ['23:28', '23:30']) {
      town.clock.advance(Date.parse(`2026-11-16T${clock}:00+08:00`) - town.clock.now())
      expect(await refusal(GRANDMOTHER, items)).toStrictEqual(closed)
    }
  })
})
