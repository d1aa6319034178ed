import type { Posting, PostingOutcome } from '../../../src/cloud/billers/biller'
import { statement } from '../../../src/cloud/postgres/database'
import { beginPosting, claimTask, type TaskKey } from '../../../src/cloud/postgres/outbox'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { refundsOf, requestRefund } from '../../../src/cloud/postgres/refunds'
import type { Ports } from '../../../src/cloud/use-cases/ports'
import { postItem } from '../../../src/cloud/use-cases/post-item'
import { engineName } from '../../support/databases'
import { expectLawsHold } from '../../support/money-laws'
import { start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const [POWER, WATER] = ['jinghua-power', 'yanjing-water']
const GRANDMOTHER = 'o-demo-grandmother'
const MINUTE_MS = 60_000
const BILL = statement(
  'test-bill-of-item',
  'select status, credited_payment_id as "creditedBy" from bill where bill_id = $1 and account_id = $2',
)
const REOPENED = statement(
  'test-post-reopened',
  `update outbox_task set done_at = null where payment_id = $1 and kind = 'post'`,
)
const ENDED = statement(
  'test-duplicate-ended',
  `update refund set state = $2::text, finished_at = requested_at, declined_for = case when $2::text = 'declined' then 'no' end,
     sent_at = case when $2::text = 'closed' then requested_at end where payment_id = $1 and refund_no = 1`,
)
const TAKEN = statement(
  'test-bill-taken',
  'update bill set credited_payment_id = $3, credited_item_no = 1, credited_at = now() where bill_id = $1 and account_id = $2',
)
const NEW_REVISION = statement(
  'test-bill-revised',
  `update bill set revision = revision + 1, status = 'due', credited_payment_id = null, credited_item_no = null,
     credited_at = null where bill_id = $1 and account_id = $2`,
)
const TASK = statement(
  'test-post-task',
  `select done_at is not null as "isDone", person_reason as person from outbox_task
   where payment_id = $1 and kind = 'post' and item_no = $2::int`,
)

describe(`telling a biller of an item, on the ${engineName()} engine`, () => {
  let town: Town
  let told: (Posting | string)[]
  beforeEach(async () => {
    town = await aTown()
    told = []
  })
  afterEach(() => town.close())

  const postedAt = 1_794_900_000_000
  const posted: PostingOutcome = { state: 'posted', postingNumber: 'P1', postedAt }
  const rejected: PostingOutcome = { state: 'rejected', code: 'nothing-owed' }
  /** Billers that say so, and keep what they are told and asked. */
  const saying = (
    post: PostingOutcome | Error,
    status: PostingOutcome | { state: 'absent' } = { state: 'absent' },
  ): Ports => ({
    ...town.ports,
    billers: {
      ...town.ports.billers,
      adapter: (id) => ({
        ...town.ports.billers.adapter(id),
        post: async (posting) => {
          told.push(posting)
          if (post instanceof Error) throw post
          return post
        },
        postingStatus: async (postingId) => {
          told.push(`${id}: ${postingId}?`)
          return status
        },
      }),
    },
  })
  /** Settled, and told to nobody. */
  const settled = async (openid: string, ...billers: string[]) => {
    const payment = await start(town, openid, ...billers)
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    return derivePaymentId(town.ports.personalData, openid, payment.paymentId)
  }
  const claimed = async (paymentId: string, itemNo = 1) => {
    const key: TaskKey = { paymentId, kind: 'post', itemNo }
    await claimTask(town.database, key, town.clock.now(), 1)
    return { ...key, attempts: 1 }
  }
  const itemOf = async (paymentId: string, itemNo = 1) => {
    const dossier = await findDossier(town.database, paymentId)
    const item = dossier?.items.find((one) => one.itemNo === itemNo)
    if (dossier === undefined || item === undefined) throw new Error('there is such an item')
    const order = dossier.orders.find((one) => one.orderNo === item.orderNo)
    return { ...item, payment: dossier.payment, order }
  }
  const paidTwice = async (paymentId: string, itemNo = 1) => {
    const { billId, accountId } = await itemOf(paymentId, itemNo)
    await town.database.run(TAKEN, [billId, accountId, 'another payment'])
  }
  const billOf = async ({ billId, accountId }: { billId: string; accountId: string }) =>
    (await town.database.run(BILL, [billId, accountId]))[0]
  const taskOf = async (paymentId: string, itemNo = 1) =>
    (await town.database.run(TASK, [paymentId, itemNo]))[0]

  it('says all that the biller needs, once, and keeps its number', async () => {
    const paymentId = await settled(WANG, POWER, WATER)
    await postItem(saying(posted), await claimed(paymentId, 2))
    const item = await itemOf(paymentId, 2)
    expect(told).toEqual([
      {
        postingId: `${paymentId}-2`,
        accountNumber: expect.stringMatching(new RegExp(`^\\d+${item.accountTail}$`)),
        billId: item.billId,
        revision: item.revision,
        principal: item.principalFen,
        lateFee: item.lateFeeFen,
        amount: item.amountFen,
        quotedAt: item.payment.createdAt,
        paidAt: item.order?.paidAt,
        transactionId: item.order?.transactionId,
      },
    ])
    expect(item).toMatchObject({ state: 'posted', postingNumber: 'P1', postedAt })
    expect(await billOf(item)).toEqual({ status: 'paid', creditedBy: paymentId })
    expect(await taskOf(paymentId, 2)).toEqual({ isDone: true, person: null })
    expect((await itemOf(paymentId, 1)).state).toBe('unposted')
    await expectLawsHold(town.database)
  })

  it('a refusal is kept, and its money goes back by rule', async () => {
    const paymentId = await settled(WANG, POWER)
    await postItem(saying(rejected), await claimed(paymentId))
    expect(await itemOf(paymentId)).toMatchObject({ state: 'rejected', rejection: 'nothing-owed' })
    const refunds = await refundsOf(town.database, paymentId)
    expect(refunds.map(({ rule, state }) => `${rule} ${state}`)).toEqual([
      'rejected-posting approved',
    ])
  })

  it('a biller that may have been told before is asked before it is told again', async () => {
    const paymentId = await settled(WANG, POWER)
    const task = await claimed(paymentId)
    await expect(postItem(saying(new Error('silent')), task)).rejects.toThrow('silent')
    expect(told).toHaveLength(1)
    await expect(postItem(saying(new Error('silent')), task)).rejects.toThrow('silent')
    expect(told.slice(1)).toEqual([`${POWER}: ${paymentId}-1?`, told[0]])
    await postItem(saying(rejected, posted), task)
    expect(told.slice(3)).toEqual([`${POWER}: ${paymentId}-1?`])
    expect(await itemOf(paymentId)).toMatchObject({ state: 'posted', postingNumber: 'P1' })
    await postItem(saying(posted), task)
    expect(told).toHaveLength(4)
  })

  it('an item that is told already is credited no second time', async () => {
    const paymentId = await settled(WANG, POWER)
    const task = await claimed(paymentId)
    await beginPosting(town.database, task, town.clock.now())
    const item = await itemOf(paymentId)
    await town.database.run(NEW_REVISION, [item.billId, item.accountId])
    await postItem(saying(posted), task)
    expect(await billOf(item)).toEqual({ status: 'due', creditedBy: null })
    expect((await itemOf(paymentId)).state).toBe('posted')
  })

  it('a bill that was paid by somebody else’s money gives this money back', async () => {
    const paymentId = await settled(WANG, POWER, WATER)
    const item = await itemOf(paymentId, 2)
    await paidTwice(paymentId, 2)
    const task = await claimed(paymentId, 2)
    await postItem(saying(posted), task)
    const refunds = () => refundsOf(town.database, paymentId)
    expect(await refunds()).toMatchObject([
      {
        refundNo: 2,
        itemNo: 2,
        refundNumber: `${paymentId}R002`,
        amountFen: item.amountFen,
        state: 'approved',
        reason: 'duplicate',
        rule: 'duplicate',
        requestedBy: 'jobs',
      },
    ])
    const before = await refunds()
    await postItem(saying(posted), task)
    expect(await refunds()).toEqual(before)
    expect(told).toEqual([])
    expect((await itemOf(paymentId, 2)).state).toBe('unposted')
    expect(await taskOf(paymentId, 2)).toEqual({ isDone: true, person: null })
  })

  it.each([
    ['approved', { isDone: true, person: null }],
    ['closed', { isDone: false, person: 'not-given-back' }],
    ['declined', { isDone: false, person: 'not-given-back' }],
  ])('money of which the refund is %s already is no second one', async (state, end) => {
    const paymentId = await settled(WANG, POWER)
    await paidTwice(paymentId)
    const task = await claimed(paymentId)
    await postItem(saying(posted), task)
    await town.database.run(REOPENED, [paymentId])
    if (state !== 'approved') await town.database.run(ENDED, [paymentId, state])
    await postItem(saying(posted), task)
    expect(await taskOf(paymentId, 1)).toEqual(end)
  })

  it('of two bills that were paid twice each goes by its own refund', async () => {
    const paymentId = await settled(WANG, POWER, WATER)
    for (const itemNo of [1, 2]) {
      await paidTwice(paymentId, itemNo)
      await postItem(saying(posted), await claimed(paymentId, itemNo))
    }
    await town.database.run(ENDED, [paymentId, 'closed'])
    await town.database.run(REOPENED, [paymentId])
    await postItem(saying(posted), { paymentId, kind: 'post', itemNo: 2, attempts: 1 })
    expect(await taskOf(paymentId, 2)).toEqual({ isDone: true, person: null })
  })

  it('money that somebody gave back meanwhile is given back no second time', async () => {
    const paymentId = await settled(WANG, POWER)
    const { amountFen } = await itemOf(paymentId)
    await paidTwice(paymentId)
    const asked = { paymentId, refundNo: 101, itemNo: 1, amountFen, reason: '重复', actor: 'li' }
    expect(await requestRefund(town.database, asked, town.clock.now())).toBe('requested')
    await postItem(saying(posted), await claimed(paymentId))
    const refunds = await refundsOf(town.database, paymentId)
    expect(refunds.map(({ refundNo }) => refundNo)).toEqual([101])
  })

  it('the rest of money that somebody gave a part back of is a person’s', async () => {
    const paymentId = await settled(WANG, POWER)
    const { order } = await itemOf(paymentId)
    town.weChatPay.refundByHand(order?.transactionId ?? '', 100)
    await town.pass(MINUTE_MS)
    await paidTwice(paymentId)
    const task: TaskKey = { paymentId, kind: 'post', itemNo: 1 }
    expect(await retryTask(town.database, task, town.clock.now())).toBe('retried')
    await postItem(saying(posted), await claimed(paymentId))
    expect(await taskOf(paymentId)).toEqual({ isDone: false, person: 'part-given-back' })
  })

  it('money that WeChat does not give back any more is a bug of ours', async () => {
    const paymentId = await settled(WANG, POWER)
    await paidTwice(paymentId)
    town.clock.advance(366 * 24 * 60 * MINUTE_MS)
    await expect(postItem(saying(posted), await claimed(paymentId))).rejects.toThrow(
      `law 7: item 1 of ${paymentId} was paid twice, too-late`,
    )
  })

  it('a bill that is not due as it was is a person’s', async () => {
    const paymentId = await settled(WANG, POWER)
    const item = await itemOf(paymentId)
    await town.database.run(NEW_REVISION, [item.billId, item.accountId])
    await postItem(saying(posted), await claimed(paymentId))
    expect(told).toEqual([])
    expect(await taskOf(paymentId)).toEqual({ isDone: false, person: 'bill-not-due' })
    expect((await tasksOfPersons(town.database, 9)).map(({ reason }) => reason)).toEqual([
      'bill-not-due',
    ])
  })

  it('is told once it cannot be taken back any more', async () => {
    const paymentId = await settled(GRANDMOTHER, 'liuzhen-water')
    const kept = await settled(WANG, POWER)
    town.clock.advance(11 * MINUTE_MS)
    await postItem(saying(posted), await claimed(paymentId))
    expect(await itemOf(paymentId)).toMatchObject({
      state: 'posted',
      undoEndedAt: town.clock.now(),
    })
    await postItem(saying(posted), await claimed(kept))
    expect(await itemOf(kept)).toMatchObject({ state: 'posted', undoEndedAt: null })
  })

  it('an item that was taken back meanwhile ends its task', async () => {
    const payment = await start(town, GRANDMOTHER, 'liuzhen-water')
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    const paymentId = derivePaymentId(town.ports.personalData, GRANDMOTHER, payment.paymentId)
    const task = await claimed(paymentId)
    const undone = { paymentId: payment.paymentId, itemNo: 1 }
    expect(await town.call(GRANDMOTHER, 'undo-item', undone)).toMatchObject({ ok: true })
    await postItem(saying(posted), task)
    expect(told).toEqual([])
    expect((await itemOf(paymentId)).state).toBe('undone')
    expect(await taskOf(paymentId)).toEqual({ isDone: true, person: null })
    expect(await billOf(await itemOf(paymentId))).toMatchObject({ creditedBy: null })
  })

  it('a task of no item is a bug of ours', async () => {
    const paymentId = await settled(WANG, POWER)
    const task = { paymentId, kind: 'post' as const, itemNo: 9, attempts: 1 }
    await expect(postItem(saying(posted), task)).rejects.toThrow(
      `law 6: task without item ${paymentId}`,
    )
  })
})
