import { statement } from '../../../src/cloud/postgres/database'
import type { NewDifference } from '../../../src/cloud/postgres/differences'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { markRefundSent, refundsOf } from '../../../src/cloud/postgres/refunds'
import { takeInForeignRefund } from '../../../src/cloud/use-cases/take-in-refund'
import type { Refund, RefundFact } from '../../../src/cloud/wechat/refund'
import { fen } from '../../../src/core/money'
import { engineName } from '../../support/databases'
import { NOBODY, notedDifferences } from '../../support/noted-differences'
import { pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const POWER = 'jinghua-power'
const WATER = 'yanjing-water'
const GRANDMOTHER = 'o-demo-grandmother'
const MINUTE = 60_000
const WITHDRAWN = statement(
  'test-refund-withdrawn',
  `update refund set state = 'declined', declined_for = 'no', finished_at = requested_at where payment_id = $1`,
)

describe(`what is done about a refund that differs, on the ${engineName()} engine`, () => {
  let town: Town
  let differences: ReturnType<typeof notedDifferences>
  beforeEach(async () => {
    town = await aTown()
    differences = notedDifferences(town)
  })
  afterEach(() => town.close())

  /** Paid, and refused by its biller, who was paid at the counter: it goes back by rule. */
  const refused = async (...billerIds: string[]) => {
    const payment = await start(town, WANG, ...billerIds)
    for (const billerId of billerIds)
      for (const { bill } of town.neighbours.billers.get(billerId)?.books.dump().bills ?? [])
        if (payment.items.some(({ billId }) => billId === bill.billId)) bill.status = 'paid'
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

  /** The day's file has a refund of the whole order under this number, and WeChat says that it is done. */
  const settleBesides = async (paymentId: string, about: string) => {
    const [order] = (await findDossier(town.database, paymentId))?.orders ?? []
    const amount = order?.amountFen ?? fen(0)
    const wallet = { order_number: order?.orderNumber, amount_fen: amount }
    await differences.note({
      paymentId,
      reason: 'refund-unknown',
      facts: { about, side: 'wallet', wallet },
    })
    const at = town.clock.now()
    const queryRefund = async (): Promise<RefundFact> => ({
      state: 'done',
      refundNumber: about,
      wechatRefundId: 'w-2',
      orderNumber: order?.orderNumber ?? '',
      amount,
      payerAmount: amount,
      createdAt: at,
      at,
    })
    await differences.settle({ ...town.ports, weChatPay: { ...town.ports.weChatPay, queryRefund } })
  }

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
    const { paymentId } = await refused(POWER, WATER)
    const about = (refundNo: number) => ({ paymentId, about: `${paymentId}R00${refundNo}` })
    await markRefundSent(town.database, { paymentId, refundNo: 1 }, 'w-1', town.clock.now())
    town.weChatPay.faults.set({ serverError: 1 })
    await unseen(about(2))
    await unseen(about(3))
    await differences.settle()
    expect(await differences.ends()).toEqual([
      'open after 1: not sent yet, 5 minutes',
      'person after 1: cannot be taken in: unknown-payment',
    ])
    await markRefundSent(town.database, { paymentId, refundNo: 2 }, 'w-2', town.clock.now())
    const asked: Refund[] = []
    const queryRefund = async (_: unknown, refund: Refund) => {
      asked.push(refund)
      return undefined
    }
    await town.pass(5 * MINUTE)
    const weChatPay = { ...town.ports.weChatPay, queryRefund }
    await differences.settle({ ...town.ports, weChatPay })
    const dossier = await findDossier(town.database, paymentId)
    const item = dossier?.items[1]
    const share = dossier?.orders.find(({ orderNo }) => orderNo === item?.orderNo)
    expect(asked).toEqual([
      {
        refundNumber: about(2).about,
        orderNumber: share?.orderNumber,
        transactionId: share?.transactionId,
        amount: item?.amountFen,
        reason: 'already-credited',
      },
    ])
  })

  it('one that was withdrawn, and that WeChat has all the same, is taken in beside it', async () => {
    const { paymentId, about } = await refused(POWER)
    await town.database.run(WITHDRAWN, [paymentId])
    await settleBesides(paymentId, about)
    expect(await differences.ends()).toEqual(['done after 1: taken in'])
    expect((await states({ paymentId })).sort()).toEqual(['declined', 'done'])
  })

  it('one for which the item has nothing left waits for ours to come to nothing', async () => {
    const { paymentId } = await refused(POWER)
    await markRefundSent(town.database, { paymentId, refundNo: 1 }, 'w-1', town.clock.now())
    await settleBesides(paymentId, 'by hand')
    expect(await differences.ends()).toEqual([
      'open after 1: cannot be taken in yet: too-much, 5 minutes',
    ])
    expect(await states({ paymentId })).toEqual(['sent'])
  })

  it('money that somebody else takes in at the same moment is taken in', async () => {
    const payment = await pay(town, WANG, POWER)
    const order = town.weChatPay.orders().find((one) => one.prepayIds.includes(payment.prepayId))
    const share = order?.shares[0]
    town.weChatPay.faults.set({ noticeLost: 1 })
    town.weChatPay.refundByHand(share?.transactionId ?? '', 100)
    const paymentId = differences.stored(payment)
    const [number, orderNumber] = [share?.refunds?.[0]?.number ?? '', share?.number ?? '']
    await differences.note({
      paymentId,
      reason: 'refund-unknown',
      facts: {
        about: number,
        side: 'wallet',
        wallet: { order_number: orderNumber, amount_fen: 100 },
      },
    })
    const { weChatPay } = town.ports
    const queryRefund: typeof weChatPay.queryRefund = async (...asked) => {
      const refund = { paymentId, refundNumber: number, orderNumber, amount: fen(100) }
      await takeInForeignRefund(town.ports, refund)
      return weChatPay.queryRefund(...asked)
    }
    await differences.settle({ ...town.ports, weChatPay: { ...weChatPay, queryRefund } })
    expect(await differences.ends()).toEqual([
      'done after 1: taken in; its biller’s credit is on a person’s list',
    ])
  })

  it('money given back on the merchant platform is taken in, and its credit is a person’s', async () => {
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
      'done after 1: taken in; its biller’s credit is on a person’s list',
      'open after 1: cannot be taken in yet: posting-unknown, 5 minutes',
      'done after 1: taken in',
      'person after 1: cannot be taken in: unknown-payment',
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

  it('money that cannot be taken in yet is asked about for as long as that may end', async () => {
    town.neighbours.billers.get(WATER)?.setFaults({ down: 1 })
    const posting = await pay(town, WANG, WATER)
    town.weChatPay.faults.set({ noticeLost: 1 })
    const [share] = town.weChatPay.orders()[0]?.shares ?? []
    town.weChatPay.refundByHand(share?.transactionId ?? '', 100)
    await differences.note({
      paymentId: differences.stored(posting),
      reason: 'refund-unknown',
      facts: {
        about: share?.refunds?.[0]?.number ?? '',
        side: 'wallet',
        wallet: { order_number: share?.number, amount_fen: 100 },
      },
    })
    for (let time = 0; time < 26; time += 1) {
      await differences.settle()
      await town.pass(60 * MINUTE)
    }
    expect(await differences.ends()).toEqual([
      'open after 26: cannot be taken in yet: posting-unknown, 0 minutes',
    ])
  })

  it('a lost credit is not told again of which money went back on the merchant platform', async () => {
    const payment = await pay(town, WANG, POWER)
    const paymentId = differences.stored(payment)
    const share = town.weChatPay.orders()[0]?.shares[0]
    town.weChatPay.refundByHand(share?.transactionId ?? '', fen(100))
    await town.pass(MINUTE)
    expect((await refundsOf(town.database, paymentId)).map(({ rule }) => rule)).toEqual([
      'merchant-platform',
    ])
    await differences.note({
      paymentId,
      source: 'postings',
      reason: 'ours-only',
      action: 'post-again',
      facts: { about: `${paymentId}-1`, side: 'ours', itemNo: 1 },
    })
    const { billers } = town.ports
    const post = () => Promise.reject(new Error('it was told'))
    const adapter = (id: string) => ({ ...billers.adapter(id), post })
    await differences.settle({ ...town.ports, billers: { ...billers, adapter } })
    expect(await differences.ends()).toEqual([
      'person after 1: some of it goes back, or the biller took its credit back',
    ])
  })
})
