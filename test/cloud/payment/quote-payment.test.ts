import { statement } from '../../../src/cloud/postgres/database'
import { quotePayment } from '../../../src/cloud/use-cases/quote-payment'
import { engineName } from '../../support/databases'
import { dueItems, pay, SISTER, start, WANG } from '../../support/payer'
import { aQuoteItem } from '../../support/payment-replies'
import { aTown, replyOf, type Town } from '../../support/town'

const MINUTE_MS = 60_000
const GRANDMOTHER = 'o-demo-grandmother'
const OWED_AGAIN = statement(
  'test-september-owed',
  `update bill set status = 'due' where account_id = $1 and bill_id = '2026-09'`,
)

describe(`what the pay page shows before the tap, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())

  const quote = async (openid: string, items: Awaited<ReturnType<typeof dueItems>>) =>
    replyOf(await quotePayment(town.ports, { openid }, { bills: items }))

  it('is whom, for what and how much of each bill, and what each payment and all of them come to', async () => {
    const power = await dueItems(town, WANG, 'jinghua-power')
    const water = await dueItems(town, WANG, 'yanjing-water')
    const gas = await dueItems(town, WANG, 'pujiang-gas')
    const said = await quote(WANG, [...power, ...water, ...gas])
    expect(said).toStrictEqual({
      payments: [
        {
          items: [
            expect.objectContaining({ billerId: 'jinghua-power' }),
            expect.objectContaining({ billerId: 'yanjing-water' }),
          ],
          total: 24_565 + 9_000,
        },
        { items: [expect.objectContaining({ billerId: 'pujiang-gas' })], total: 4_200 },
      ],
      total: 24_565 + 9_000 + 4_200,
      heldUntil: town.clock.now() + 15 * MINUTE_MS,
      left: [],
    })
    const accountId = power[0]?.accountId ?? ''
    expect(said.payments[0]?.items[0]).toStrictEqual(
      aQuoteItem({ accountId, billId: '2026-10', firstPayment: true }),
    )
  })

  it('leaves out what the resident’s own payment holds and what is paid, and leads back to that payment', async () => {
    const water = await dueItems(town, WANG, 'shenjiang-water')
    const gas = await dueItems(town, WANG, 'pujiang-gas')
    const { paymentId, items, started } = await start(town, WANG, 'jinghua-power')
    await pay(town, WANG, 'pujiang-gas')
    const said = await quote(WANG, [...water, ...items, ...gas])
    expect(said.payments.map((payment) => payment.items.map(({ billerId }) => billerId))).toEqual([
      ['shenjiang-water'],
    ])
    expect(said.total).toBe(7_590)
    expect(said.resume).toStrictEqual({ paymentId, until: started.expiresAt })
    expect(said.left).toStrictEqual([
      {
        accountId: items[0]?.accountId,
        billId: '2026-10',
        billerName: { zh: '京华供电', en: 'Jinghua Power' },
        label: '电',
        household: '爸妈家',
        total: 24_565,
        reason: 'being-paid',
        until: started.expiresAt,
      },
      {
        accountId: gas[0]?.accountId,
        billId: '2026-10',
        billerName: { zh: '浦江燃气', en: 'Pujiang Gas' },
        label: '燃气',
        household: '我家',
        total: 4_200,
        reason: 'already-paid',
      },
    ])
  })

  it('of what is paid is what was paid, though a late fee would have grown since', async () => {
    const { items } = await pay(town, WANG, 'jinghua-power')
    town.clock.advance(3 * 24 * 60 * MINUTE_MS)
    expect((await quote(WANG, items)).left).toMatchObject([
      { reason: 'already-paid', total: 24_565 },
    ])
  })

  it('of what a relative is paying names her and leads to no payment, and nothing is held', async () => {
    const { items, started } = await start(town, SISTER, 'jinghua-power')
    expect(await quote(WANG, items)).toStrictEqual({
      payments: [],
      total: 0,
      heldUntil: town.clock.now(),
      left: [
        expect.objectContaining({
          reason: 'being-paid',
          payer: '姐姐',
          until: started.expiresAt,
        }),
      ],
    })
  })

  it('leads back to the resident’s own payment, though a relative is paying one of the bills', async () => {
    const sisters = await start(town, SISTER, 'jinghua-power')
    const own = await start(town, WANG, 'yanjing-water')
    const said = await quote(WANG, [...sisters.items, ...own.items])
    expect(said.resume?.paymentId).toBe(own.paymentId)
    expect(said.left.map(({ payer }) => payer)).toEqual(['姐姐', undefined])
  })

  it('can be taken back in ten minutes where the biller lets a first payment be', async () => {
    const items = await dueItems(town, GRANDMOTHER, 'liuzhen-water')
    const [payment] = (await quote(GRANDMOTHER, items)).payments
    expect(payment?.items).toMatchObject([{ firstPayment: true, undoMinutes: 10 }])
  })

  it('does not ask to look twice at an account that the resident paid for before', async () => {
    const { items } = await pay(town, WANG, 'jinghua-power')
    const accountId = items[0]?.accountId ?? ''
    await town.database.run(OWED_AGAIN, [accountId])
    const [payment] = (await quote(WANG, [{ ...items[0], billId: '2026-09' }] as never)).payments
    expect(payment?.items).toMatchObject([{ billId: '2026-09', firstPayment: false }])
    const sisters = (await quote(SISTER, [{ ...items[0], billId: '2026-09' }] as never)).payments
    expect(sisters[0]?.items).toMatchObject([{ firstPayment: true }])
  })

  it('of a biller that is closed says from when until when', async () => {
    const items = await dueItems(town, GRANDMOTHER, 'liuzhen-water')
    town.clock.advance(Date.parse('2026-11-16T23:29:30+08:00') - town.clock.now())
    expect((await quote(GRANDMOTHER, items)).left).toMatchObject([
      {
        reason: 'closed-window',
        from: Date.parse('2026-11-16T23:30:00+08:00'),
        until: Date.parse('2026-11-17T00:30:00+08:00'),
      },
    ])
  })

  it('is refused where one of the bills is not there, or not this resident’s to see', async () => {
    const items = await dueItems(town, WANG, 'jinghua-power', 'shenjiang-water')
    const refusal = { ok: false, reason: 'not-found' }
    const ask = (openid: string, bills: typeof items) =>
      quotePayment(town.ports, { openid }, { bills })
    expect(await ask(SISTER, items)).toStrictEqual(refusal)
    const [first, second] = items
    const gone = [first, { ...second, billId: '1999-01' }] as typeof items
    expect(await ask(WANG, gone)).toStrictEqual(refusal)
  })
})
