import { statement } from '../../../src/cloud/postgres/database'
import { settledItems } from '../../../src/cloud/postgres/payments'
import { retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import {
  approveRefund,
  askRefund,
  declineRefund,
} from '../../../src/cloud/postgres/refund-requests'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { takeInForeignRefund } from '../../../src/cloud/use-cases/take-in-refund'
import { fen } from '../../../src/core/money'
import { engineName } from '../../support/databases'
import { seatTwo } from '../../support/desks'
import { expectLawsHold } from '../../support/money-laws'
import { dueItems, pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const GRANDMOTHER = 'o-demo-grandmother'
const OWED_AGAIN = statement(
  'test-owed-by-hand',
  `update bill set status = 'due' where account_id = $1 and bill_id = '2026-09'`,
)

describe(`money given back on the merchant platform meanwhile, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
    for (const [billerId, ...people] of DESKS) await seatTwo(town, billerId, people)
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  const DESKS = [
    ['jinghua-power', 'li', 'zhao'],
    ['liuzhen-water', 'sun', 'qian'],
  ] as const
  const passMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await town.pass(60_000)
      await town.jobs()
      await town.pass(0)
    }
  }
  const giveByHand = (amount: number) =>
    town.weChatPay.refundByHand(
      town.weChatPay.orders()[0]?.shares[0]?.transactionId ?? '',
      fen(amount),
    )
  const reasons = async () =>
    (await tasksOfPersons(town.database, 10)).map(({ kind, reason }) => `${kind}: ${reason}`)
  const agree = async (
    paymentId: string,
    amount: number,
    [, asker, chief]: (typeof DESKS)[number],
  ) => {
    const asked = { paymentId, itemNo: 1, amountFen: fen(amount), reason: '退', actor: asker }
    const { refundNo = 0 } = await askRefund(town.database, asked, town.clock.now())
    return () => approveRefund(town.database, { paymentId, refundNo }, chief, town.clock.now())
  }

  it('of two bills at once is taken from both, and neither is posted', async () => {
    const [first] = await dueItems(town, GRANDMOTHER, 'liuzhen-water')
    await town.database.run(OWED_AGAIN, [first?.accountId ?? ''])
    const { paymentId, items } = await pay(town, GRANDMOTHER, 'liuzhen-water')
    expect(items).toHaveLength(2)
    const stored = derivePaymentId(town.ports.personalData, GRANDMOTHER, paymentId)
    giveByHand(town.weChatPay.orders()[0]?.shares[0]?.amount ?? 0)
    await passMinutes(14)
    expect(await reasons()).toEqual([])
    const [refunds, settled] = [
      await refundsOf(town.database, stored),
      await settledItems(town.database, stored),
    ]
    expect(refunds.map(({ itemNo, state }) => `${itemNo} ${state}`).sort()).toEqual([
      '1 done',
      '2 done',
    ])
    expect(settled.map(({ state }) => state)).toEqual(['unposted', 'unposted'])
    expect(await dueItems(town, GRANDMOTHER, 'liuzhen-water')).toHaveLength(2)
  })

  it('before we heard of the payment: it waits until the refund is known, and is due again', async () => {
    const { paymentId, prepayId } = await start(town, WANG, 'jinghua-power')
    town.weChatPay.faults.set({ noticeLost: 1 })
    town.weChatPay.tap(prepayId, 'paid')
    giveByHand(24_565)
    await town.pass(100)
    town.weChatPay.faults.set({ noticeLost: 0 })
    const [item] = (await paymentOf(town, WANG, paymentId, true)).items
    expect(item?.state).toBe('unposted')
    expect(await reasons()).toEqual(['post: refunded-elsewhere'])
    const stored = derivePaymentId(town.ports.personalData, WANG, paymentId)
    const asked = {
      paymentId: stored,
      itemNo: 1,
      amountFen: fen(24_565),
      reason: '退',
      actor: 'li',
    }
    const { refundNo = 0 } = await askRefund(town.database, asked, town.clock.now())
    expect(await reasons()).toEqual([])
    const declined = { staffId: 'zhao', reason: '不退' }
    const now = town.clock.now()
    await declineRefund(town.database, { paymentId: stored, refundNo }, declined, now)
    expect(await reasons()).toEqual(['post: refunded-elsewhere'])
    await passMinutes(3)
    expect(await reasons()).toEqual([])
    expect(await dueItems(town, WANG, 'jinghua-power')).toHaveLength(1)
    expect(town.neighbours.billers.get('jinghua-power')?.books.dump().credits).toEqual([])
  })

  it('of what is credited: a person has its biller asked, which takes its credit back', async () => {
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    const stored = derivePaymentId(town.ports.personalData, WANG, paymentId)
    giveByHand(24_565)
    await passMinutes(1)
    expect(await reasons()).toEqual(['reverse: given-back-by-hand'])
    await retryTask(
      town.database,
      { paymentId: stored, kind: 'reverse', itemNo: 101 },
      town.clock.now(),
    )
    await passMinutes(2)
    expect(await reasons()).toEqual([])
    const reversals = town.neighbours.billers.get('jinghua-power')?.books.reversals() ?? []
    expect(reversals.map(({ reversal }) => reversal.reversalId)).toEqual([`${stored}R101`])
    expect(await refundsOf(town.database, stored)).toMatchObject([
      { takesFrom: 'unposted', reversedAt: expect.any(Number) },
    ])
  })

  it('of a part that was still to be posted, a person gives the rest back', async () => {
    const { paymentId } = await pay(town, GRANDMOTHER)
    const stored = derivePaymentId(town.ports.personalData, GRANDMOTHER, paymentId)
    const amount = (await paymentOf(town, GRANDMOTHER, paymentId)).items[0]?.amount ?? 0
    giveByHand(100)
    await passMinutes(14)
    expect(await reasons()).toEqual(['post: part-given-back'])
    const approve = await agree(stored, amount - 100, DESKS[1])
    expect(await approve()).toBe('approved')
    await passMinutes(3)
    expect((await refundsOf(town.database, stored)).map(({ state }) => state)).toEqual([
      'done',
      'done',
    ])
    expect(await reasons()).toEqual([])
  })

  it('a refund that WeChat’s rules do not allow any more makes way, and its rest is a person’s', async () => {
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    const stored = derivePaymentId(town.ports.personalData, WANG, paymentId)
    const amount = (await paymentOf(town, WANG, paymentId)).items[0]?.amount ?? 0
    const approve = await agree(stored, amount, DESKS[0])
    town.weChatPay.faults.set({ noticeLost: 1 })
    giveByHand(100)
    expect(await approve()).toBe('approved')
    await passMinutes(3)
    town.weChatPay.faults.set({ noticeLost: 0 })
    expect(await reasons()).toEqual(['refund: refund-refused'])
    const [byHand] = town.weChatPay.orders()[0]?.shares[0]?.refunds ?? []
    await takeInForeignRefund(town.ports, {
      paymentId: stored,
      refundNumber: byHand?.number ?? '',
      orderNumber: town.weChatPay.orders()[0]?.shares[0]?.number ?? '',
      amount: fen(100),
    })
    expect(await reasons()).toEqual(['refund: part-given-back'])
    const approveRest = await agree(stored, amount - 100, DESKS[0])
    expect(await approveRest()).toBe('approved')
    await retryTask(
      town.database,
      { paymentId: stored, kind: 'refund', itemNo: 101 },
      town.clock.now(),
    )
    await passMinutes(3)
    const refunds = await refundsOf(town.database, stored)
    expect(refunds.map(({ refundNo, state }) => `${refundNo} ${state}`).sort()).toEqual([
      '101 declined',
      '102 done',
      '103 done',
    ])
    expect(await reasons()).toEqual([])
  })
})
