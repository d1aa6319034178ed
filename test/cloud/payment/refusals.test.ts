import { statement } from '../../../src/cloud/postgres/database'
import { engineName } from '../../support/databases'
import { aPaymentId, dueItems, pay, SISTER, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const WRITTEN = statement(
  'rows-written',
  `select (select count(*) from payment)::int + (select count(*) from payment_item)::int
     + (select count(*) from movement)::int + (select count(receipt_code) from payment_item)::int as rows`,
)

describe(`what is refused before a payment on the ${engineName()} engine`, () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())
  const rows = async () => (await town.database.run<{ rows: number }>(WRITTEN))[0]?.rows
  const reason = (answer: { ok: boolean; reason?: string }) => answer.reason

  it.each(['', 'short', '8'.repeat(26), 'I'.repeat(26)])(
    'a payment id like %j',
    async (paymentId) => {
      const items = await dueItems(town, WANG, 'shenjiang-water')
      expect(reason(await town.call(WANG, 'start-payment', { paymentId, items }))).toBe(
        'bad-payment-id',
      )
    },
  )

  it('more than twelve bills, before anything is looked up', async () => {
    const [item] = await dueItems(town, WANG, 'shenjiang-water')
    const items = Array.from({ length: 13 }, (_, index) => ({
      ...(item as NonNullable<typeof item>),
      billId: `bill-${index}`,
    }))
    expect(reason(await town.call(WANG, 'start-payment', { paymentId: aPaymentId(), items }))).toBe(
      'too-many-items',
    )
  })

  it('another person’s bill, as if it did not exist, and nothing is written', async () => {
    const before = await rows()
    const items = await dueItems(town, WANG, 'shenjiang-water')
    expect(
      reason(await town.call(SISTER, 'start-payment', { paymentId: aPaymentId(), items })),
    ).toBe('not-found')
    const [item] = items
    expect(
      reason(
        await town.call(SISTER, 'get-bill', {
          accountId: item?.accountId ?? '',
          billId: item?.billId ?? '',
        }),
      ),
    ).toBe('not-found')
    expect(
      reason(await town.call(SISTER, 'get-account', { accountId: item?.accountId ?? '' })),
    ).toBe('not-found')
    expect(reason(await town.call(SISTER, 'quote-payment', { bills: items }))).toBe('not-found')
    expect(await rows()).toBe(before)
  })

  it('another amount than the phone saw, with the amount of now', async () => {
    const [item] = await dueItems(town, WANG, 'jinghua-power')
    const items = [{ ...(item as NonNullable<typeof item>), amountSeen: 24540 }]
    const answer = await town.call(WANG, 'start-payment', { paymentId: aPaymentId(), items })
    expect(answer).toMatchObject({
      ok: false,
      reason: 'amount-changed',
      details: { amountDue: 24565 },
    })
  })

  it('bills whose payees cannot join one order; the quote says so before the tap', async () => {
    const items = await dueItems(town, WANG, 'pujiang-gas', 'shenjiang-water')
    expect(reason(await town.call(WANG, 'start-payment', { paymentId: aPaymentId(), items }))).toBe(
      'cannot-join',
    )
    const quote = replyOf(await town.call(WANG, 'quote-payment', { bills: items }))
    expect(quote.payments.map((payment) => payment.items.length)).toEqual([1, 1])
    expect(quote.payments[0]?.items[0]).toMatchObject({
      firstPayment: true,
      holder: '张*',
      legalName: '申江水务有限公司',
    })
  })

  it('the same id with other bills; another person’s same id is another payment', async () => {
    const { paymentId } = await start(town, WANG, 'shencheng-power')
    const others = await dueItems(town, WANG, 'shenjiang-water')
    expect(reason(await town.call(WANG, 'start-payment', { paymentId, items: others }))).toBe(
      'different-contents',
    )
    expect(reason(await town.call(SISTER, 'get-payment', { paymentId }))).toBe('not-found')
    const sisters = await dueItems(town, SISTER, 'yanjing-water')
    const hers = replyOf(await town.call(SISTER, 'start-payment', { paymentId, items: sisters }))
    expect(hers.amount).toBe(9000)
  })

  it('a bill that a relative is paying, with who and until when', async () => {
    const items = await dueItems(town, WANG, 'jinghua-power')
    const { started } = await start(town, SISTER, 'jinghua-power')
    const answer = await town.call(WANG, 'start-payment', { paymentId: aPaymentId(), items })
    expect(answer).toMatchObject({
      reason: 'being-paid',
      details: { payer: '姐姐', until: started.expiresAt },
    })
    const quote = replyOf(await town.call(WANG, 'quote-payment', { bills: items }))
    expect(quote.left).toMatchObject([{ reason: 'being-paid', payer: '姐姐' }])
    expect(quote.payments).toEqual([])
  })

  it('a bill that was paid meanwhile, whatever the biller still shows', async () => {
    const items = await dueItems(town, WANG, 'shenjiang-water')
    await pay(town, WANG, 'shenjiang-water')
    expect(reason(await town.call(WANG, 'start-payment', { paymentId: aPaymentId(), items }))).toBe(
      'already-paid',
    )
  })

  it('an identity, amount or state inside the event is not looked at', async () => {
    const forged = { openid: WANG, amount: 1, state: 'paid' } as never
    const { accounts } = replyOf(await town.call('o-stranger', 'list-accounts', forged))
    expect(accounts).toEqual([])
  })
})

describe('a biller that is closed at night', () => {
  it('takes no payment then, says until when, and orders end before it closes', async () => {
    const town = await aTown({ startAt: Date.parse('2026-11-16T23:20:00+08:00') })
    const looked = replyOf(
      await town.call('o-night', 'look-up-account', {
        billerId: 'liuzhen-water',
        accountNumber: '500501',
        answer: await lastCharacter(town),
      }),
    )
    replyOf(
      await town.call('o-night', 'bind-account', {
        accountId: looked.accountId,
        label: '水',
        household: '老家',
      }),
    )
    const { started } = await start(town, 'o-night')
    expect(started.expiresAt).toBe(Date.parse('2026-11-16T23:29:00+08:00'))
    await town.pass(11 * 60_000)
    const items = await dueItems(town, 'o-night')
    const refused = await town.call('o-night', 'start-payment', {
      paymentId: aPaymentId(),
      items: [] as never,
    })
    expect(refused).toMatchObject({ reason: 'malformed' })
    await town.jobs()
    const again = await dueItems(town, 'o-night')
    expect([items.length, again.length]).toEqual([0, 1])
    const closed = await town.call('o-night', 'start-payment', {
      paymentId: aPaymentId(),
      items: again,
    })
    expect(closed).toMatchObject({
      reason: 'closed-window',
      details: {
        from: Date.parse('2026-11-16T23:30:00+08:00'),
        until: Date.parse('2026-11-17T00:30:00+08:00'),
      },
    })
    await town.close()
  })
})

async function lastCharacter(town: Town): Promise<string> {
  const account = await town.ports.billers.adapter('liuzhen-water').findAccount('500501')
  return account?.holderName.slice(-1) ?? ''
}
