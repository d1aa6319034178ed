import type { NewDifference } from '../../../src/cloud/postgres/differences'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { engineName } from '../../support/databases'
import { NOBODY, notedDifferences } from '../../support/noted-differences'
import { pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const POWER = 'jinghua-power'
const WATER = 'yanjing-water'
const GRANDMOTHER = 'o-demo-grandmother'
const MINUTE = 60_000

describe(`what is done about a refund that differs, on the ${engineName()} engine`, () => {
  let town: Town
  let differences: ReturnType<typeof notedDifferences>
  beforeEach(async () => {
    town = await aTown()
    differences = notedDifferences(town)
  })
  afterEach(() => town.close())

  /** Paid, and refused by its biller, who was paid at the counter: it goes back by rule. */
  const refused = async (billerId: string) => {
    const payment = await start(town, WANG, billerId)
    for (const { bill } of town.neighbours.billers.get(billerId)?.books.dump().bills ?? [])
      if (bill.billId === payment.items[0]?.billId) bill.status = 'paid'
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    await paymentOf(town, WANG, payment.paymentId)
    const paymentId = differences.stored(payment)
    return { paymentId, about: `${paymentId}R001` }
  }
  const unseen = ({ paymentId, about }: { paymentId: string; about: string }) =>
    differences.note({
      paymentId,
      reason: 'refund-not-seen',
      facts: { about, side: 'ours', wallet: null },
    })
  const states = async ({ paymentId }: { paymentId: string }) =>
    (await refundsOf(town.database, paymentId)).map(({ state }) => state)

  it('one of ours is sent first, and then WeChat’s word on it is taken', async () => {
    const sent = await refused(POWER)
    town.weChatPay.faults.set({ noticeLost: 1 })
    await town.jobs()
    town.weChatPay.faults.set({ noticeLost: 0 })
    const unsent = await refused(WATER)
    town.weChatPay.faults.set({ noticeLost: 1 })
    await town.pass(2 * MINUTE)
    town.weChatPay.faults.set({ serverError: 1 })
    await unseen(unsent)
    await differences.settle()
    expect(await differences.ends()).toEqual(['open after 1: not sent yet, 5 minutes'])
    town.weChatPay.faults.set({ serverError: 0 })
    await town.pass(5 * MINUTE)
    await unseen(sent)
    await unseen({ paymentId: NOBODY, about: `${NOBODY}R001` })
    await differences.settle()
    expect(await differences.ends()).toEqual([
      'done after 2: known now',
      'done after 1: WeChat says done',
      'person after 1: the payment is unknown',
    ])
    expect([await states(sent), await states(unsent)]).toEqual([['done'], ['sent']])
  })

  it('what WeChat does not know of is a person’s', async () => {
    const sent = await refused(POWER)
    await town.jobs()
    await unseen(sent)
    const silent = { ...town.ports.weChatPay, queryRefund: async () => undefined }
    await differences.settle({ ...town.ports, weChatPay: silent })
    expect(await differences.ends()).toEqual(['person after 1: WeChat does not know the refund'])
    expect(await states(sent)).toEqual(['sent'])
  })

  it('of two refunds of a payment the one that it is about is looked at', async () => {
    const sent = await refused(POWER)
    await town.jobs()
    await unseen({ ...sent, about: `${sent.paymentId}R002` })
    await differences.settle()
    expect(await differences.ends()).toEqual(['person after 1: cannot be taken in: not-paid'])
  })

  it('money given back on the merchant platform is taken in, and a person’s while it is credited', async () => {
    town.neighbours.billers.get(WATER)?.setFaults({ down: 1 })
    const credited = await pay(town, WANG, POWER)
    const posting = await pay(town, WANG, WATER)
    const waiting = await pay(town, GRANDMOTHER, 'liuzhen-water')
    town.weChatPay.faults.set({ noticeLost: 1 })
    const byHand = async (payment: typeof credited, openid: string, wrong?: object) => {
      const order = town.weChatPay.orders().find((one) => one.prepayIds.includes(payment.prepayId))
      const share = order?.shares[0]
      if (wrong === undefined) town.weChatPay.refundByHand(share?.transactionId ?? '', 100)
      const wallet = { order_number: share?.number, amount_fen: 100 }
      const difference: Partial<NewDifference> = {
        paymentId: differences.stored(payment, openid),
        reason: 'refund-unknown',
        facts: {
          about: share?.refunds?.at(-1)?.number ?? '',
          side: 'wallet',
          wallet: { ...wallet, ...wrong },
        },
      }
      await differences.note(difference)
      return difference
    }
    const taken = await byHand(credited, WANG)
    await byHand(posting, WANG)
    await byHand(waiting, GRANDMOTHER)
    await byHand(waiting, GRANDMOTHER, { order_number: 'another' })
    await differences.settle()
    expect(await differences.ends()).toEqual([
      'person after 1: taken in; the biller still holds its credit',
      'open after 1: its posting is unknown yet, 5 minutes',
      'done after 1: taken in',
      'person after 1: cannot be taken in: not-paid',
    ])
    await differences.note({
      ...taken,
      facts: { ...taken.facts, about: 'no refund', side: 'wallet' },
    })
    await differences.settle()
    expect((await differences.ends()).at(-1)).toBe(
      'person after 1: cannot be taken in: unknown-refund',
    )
  })
})
