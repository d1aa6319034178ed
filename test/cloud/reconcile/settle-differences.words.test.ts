import { statement } from '../../../src/cloud/postgres/database'
import { refundsOf, requestRefund } from '../../../src/cloud/postgres/refunds'
import type { RefundFact } from '../../../src/cloud/wechat/refund'
import { fen } from '../../../src/core/money'
import { engineName } from '../../support/databases'
import { notedDifferences } from '../../support/noted-differences'
import { pay, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const POWER = 'jinghua-power'
const WATER = 'yanjing-water'
const DONE = 'done after 1: the biller has it'
const PERSON = 'person after 1: some of it goes back, or the biller took its credit back'
const ENDED = statement(
  'test-refund-of-a-difference-ended',
  `update refund set state = $2::text, finished_at = requested_at, needs_reversal = $3::boolean,
     approved_at = requested_at, approved_by = 'zhao',
     sent_at = case when $2::text = 'closed' then requested_at end,
     declined_for = case when $2::text = 'declined' then 'no' end,
     reversed_at = case when $3::boolean then requested_at end,
     reversal_number = case when $3::boolean then 'R' end where payment_id = $1`,
)

describe(`what is said of a refund that differs, on the ${engineName()} engine`, () => {
  let town: Town
  let differences: ReturnType<typeof notedDifferences>
  beforeEach(async () => {
    town = await aTown()
    differences = notedDifferences(town)
  })
  afterEach(() => town.close())

  const asks = (paymentId: string, itemNo: number) =>
    requestRefund(
      town.database,
      { paymentId, refundNo: 101, itemNo, amountFen: fen(100), reason: '搬家', actor: 'li' },
      town.clock.now(),
    )
  /** A refund of one of ours, or of nobody's, of which WeChat says so. */
  const settleWhere = async (
    paymentId: string,
    about: string,
    said: Partial<RefundFact>,
    attempts = 0,
  ) => {
    const { weChatPay } = town.ports
    const share = town.weChatPay.orders()[0]?.shares[0]
    const wallet = { order_number: share?.number, amount_fen: 100 }
    const facts = { about, side: 'wallet', wallet }
    await differences.note({ paymentId, reason: 'refund-unknown', facts }, attempts)
    const queryRefund: typeof weChatPay.queryRefund = async (_, refund) => ({
      state: 'done',
      refundNumber: refund.refundNumber,
      wechatRefundId: 'w-1',
      orderNumber: refund.orderNumber,
      amount: refund.amount,
      payerAmount: refund.amount,
      createdAt: town.clock.now(),
      at: town.clock.now(),
      ...said,
    })
    await differences.settle({ ...town.ports, weChatPay: { ...weChatPay, queryRefund } })
    return differences.ends()
  }

  it.each([
    ['of another amount', { amount: fen(99), payerAmount: fen(99) }],
    ['under another number', { refundNumber: 'another' }],
  ])('what WeChat says %s is a person’s', async (_, said) => {
    const paymentId = differences.stored(await pay(town, WANG, POWER))
    await asks(paymentId, 1)
    await town.database.run(ENDED, [paymentId, 'closed', false])
    expect(await settleWhere(paymentId, `${paymentId}R101`, said)).toEqual([
      'person after 1: WeChat says done, of what our books do not have so',
    ])
  })

  it('what somebody gave back and WeChat closed needs nothing', async () => {
    const paymentId = differences.stored(await pay(town, WANG, POWER))
    const share = town.weChatPay.orders()[0]?.shares[0]
    const amount = fen((share?.amount ?? 0) + 1)
    expect(await settleWhere(paymentId, 'by-hand', { state: 'closed', amount })).toEqual([
      'done after 1: WeChat closed it',
    ])
  })

  it.each([
    [false, 'done after 1: WeChat says done'],
    [true, 'person after 1: WeChat does not know the refund'],
  ])(
    'money given back by hand of which the file says nothing is asked about; forgotten: %s',
    async (isForgotten, end) => {
      const payment = await pay(town, WANG, POWER)
      const share = town.weChatPay.orders()[0]?.shares[0]
      town.weChatPay.refundByHand(share?.transactionId ?? '', 100)
      await town.pass(60_000)
      const paymentId = differences.stored(payment)
      expect((await refundsOf(town.database, paymentId)).map(({ state }) => state)).toEqual([
        'done',
      ])
      const about = share?.refunds?.[0]?.number ?? ''
      await differences.note({
        paymentId,
        reason: 'refund-not-seen',
        facts: { about, side: 'ours', wallet: null },
      })
      const asked: string[] = []
      const { weChatPay } = town.ports
      const queryRefund: typeof weChatPay.queryRefund = async (order, refund) => {
        asked.push(refund.refundNumber)
        return isForgotten ? undefined : weChatPay.queryRefund(order, refund)
      }
      await differences.settle({ ...town.ports, weChatPay: { ...weChatPay, queryRefund } })
      expect(await differences.ends()).toEqual([end])
      expect(asked).toEqual([about])
    },
  )

  it('what is given back of a payment that WeChat does not confirm is a person’s in the end', async () => {
    const paymentId = differences.stored(await start(town, WANG, POWER))
    await settleWhere(paymentId, 'by-hand', {}, 22)
    expect(await settleWhere(paymentId, 'by-hand', {}, 23)).toEqual([
      'open after 23: cannot be taken in yet: not-paid, 60 minutes',
      'person after 24: cannot be taken in yet: not-paid',
    ])
  })

  it.each([
    ['is asked for', 1, undefined, false, PERSON],
    ['was declined', 1, 'declined', false, DONE],
    ['was closed', 1, 'closed', false, DONE],
    ['was closed after its biller took the credit back', 1, 'closed', true, PERSON],
    ['is asked for of the other bill', 2, undefined, false, DONE],
  ] as const)(
    'a lost credit of which some %s is told again where nothing may have gone back',
    async (_, itemNo, state, isReversed, end) => {
      const paymentId = differences.stored(await pay(town, WANG, POWER, WATER))
      await asks(paymentId, itemNo)
      if (state !== undefined) await town.database.run(ENDED, [paymentId, state, isReversed])
      await differences.note({
        paymentId,
        source: 'postings',
        reason: 'ours-only',
        action: 'post-again',
        facts: { about: `${paymentId}-1`, side: 'ours', itemNo: 1 },
      })
      await differences.settle()
      expect(await differences.ends()).toEqual([end])
    },
  )
})
