import { type Database, statement } from '../../src/cloud/postgres/database'
import { handToPerson } from '../../src/cloud/postgres/outbox'
import { startPaymentRow } from '../../src/cloud/postgres/payment-writes'
import { retryTask } from '../../src/cloud/postgres/person-list'
import { endRefundTask, requestRefund } from '../../src/cloud/postgres/refunds'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { endUndo, undoItemRow } from '../../src/cloud/postgres/undo'
import { fen } from '../../src/core/money'
import { aDatabase, SERIALIZABLE, urlOf } from '../support/databases'
import { seat } from '../support/desks'
import { type Meanwhile, meanwhileOf } from '../support/meanwhile'
import { moneyRows } from '../support/money-rows'
import { aLife, PAID, POSTING, STEPS, type Step, UNDOABLE } from '../support/money-steps'
import {
  type Act,
  agreeOnAnother,
  approve,
  ask,
  begin,
  beginAnother,
  decline,
  reversed,
  takeIn,
} from '../support/refund-acts'
import { anotherOf, aPaymentToStart } from '../support/stored-payment'
import { TODAY } from '../support/town'

const HOSTED = statement(
  'test-hosted-posting',
  `insert into hosted_posting (posting_id, biller_id, account_id, bill_id, amount_fen, posting_number, posted_at)
   values ($1, 'biller-1', 'account-1', $1, 100, 'H1', now())`,
)
const REVERSE = statement(
  'test-hosted-reversal',
  'select record_hosted_reversal($1, $2, 100, now()) as answer',
)
const CREDIT = statement(
  'test-credit-another',
  'select credit_bill($1, $2, $3, $4::int, 1, now()) as answer',
)
const HOLD_PAYMENT = statement(
  'test-hold-payment',
  'select from payment where payment_id = $1 for update',
)
const ITEM_IS_FREE = statement(
  'test-item-is-free',
  'select from payment_item where payment_id = $1 for update nowait',
)
const HOLD_ITEM = statement(
  'test-hold-item',
  'select from payment_item where payment_id = $1 for update',
)

const POSTED: readonly Step[] = [...POSTING, 'posted']
/** Not posted, and on its way back. */
const GOING: readonly Step[] = [...PAID, 'giveBack', 'sent']
const step =
  (name: Step): Act =>
  (on, life) =>
    STEPS[name](on, life)
const posted: Act = async (on, life) => (await STEPS.posted(on, life)) ?? 'told'

/** Another payment of the same bill. */
const startAnother: Act = async (on, { payment }) => startPaymentRow(on, anotherOf(payment), TODAY)
const creditAnother: Act = async (on, life) => {
  const own = { ...life.payment.items[0], paymentId: life.paymentId, itemNo: 2 }
  const rows = await on.run<{ answer: string }>(CREDIT, [
    own.accountId ?? '',
    own.billId ?? '',
    own.paymentId,
    own.itemNo,
  ])
  return rows[0]?.answer
}
const giveBackAgain: Act = (on, { paymentId }) =>
  requestRefund(
    on,
    {
      paymentId,
      refundNo: 2,
      itemNo: 1,
      amountFen: fen(100),
      reason: 'duplicate',
      rule: 'duplicate',
      actor: 'jobs',
    },
    TODAY,
  )
const reverseHosted =
  (number: string): Act =>
  async (on, { paymentId }) =>
    (await on.run<{ answer: unknown }>(REVERSE, [number, paymentId]))[0]?.answer
/** WeChat’s rules refuse it, as far as is known. */
const refuse: Act = (on, { paymentId }) =>
  handToPerson(on, { paymentId, kind: 'refund', itemNo: 1 }, 'refund-refused', TODAY)
const retry =
  (kind: 'post' | 'refund'): Act =>
  (on, { paymentId }) =>
    retryTask(on, { paymentId, kind, itemNo: 1 }, TODAY)
const endTask: Act = async (on, { paymentId }) =>
  (await endRefundTask(on, { paymentId, refundNo: 1 }, TODAY)) ?? 'told'
const hostedPosting: Act = (on, { paymentId }) => on.run(HOSTED, [paymentId])

/** What its biller took back for a refund that is to be sent. */
const TO_BEGIN: readonly (Step | Act)[] = [...POSTED, ask(60), approve, reversed]

/** What came before, who decides first and holds what they decided by, who comes second, and what these say. */
const CASES: [string, readonly (Step | Act)[], Act, Act, unknown][] = [
  ['start and start of the same bill', [], step('start'), startAnother, { refused: 'being-paid' }],
  ['settle and settle', ['start'], step('settle'), step('settle'), 'before'],
  ['settle and close', ['start'], step('settle'), step('close'), 'paid'],
  ['close and await', ['start'], step('close'), step('await'), 'closed'],
  ['credit and credit of the same bill', PAID, step('credit'), creditAnother, 'duplicate'],
  ['credit and give back whole', GOING, step('credit'), step('refunded'), 'recorded'],
  ['give back whole and credit', GOING, step('refunded'), step('credit'), 'not-due'],
  ['begin and begin', PAID, step('begin'), step('begin'), 'posting'],
  ['finish and finish a posting', POSTING, posted, posted, 'told'],
  ['reject and try again', [...POSTING, 'hand'], step('rejected'), retry('post'), 'rejected'],
  ['take back and begin to post', UNDOABLE, undo(), end(), 'undone'],
  ['begin to post and take back', UNDOABLE, end(), undo(), { refused: 'too-late' }],
  ['give back and give back', PAID, step('giveBack'), giveBackAgain, 'too-much'],
  ['begin to post and give back', PAID, step('begin'), giveBackAgain, 'posting-unknown'],
  ['begin to post and take in', PAID, step('begin'), takeIn('F1'), 'posting-unknown'],
  ['take in and take in another', PAID, takeIn('F1'), takeIn('F2'), 'too-much'],
  ['send and take in', [...PAID, 'giveBack', refuse], step('sent'), takeIn('F1'), 'too-much'],
  ['ask and ask', POSTED, ask(60), ask(50), 'too-much'],
  ['approve and decline', [...POSTED, ask(60)], approve, decline, 'not-open'],
  ['decline and approve', [...POSTED, ask(60)], decline, approve, 'not-open'],
  ['reverse and reverse', [...POSTED, ask(60), approve], reversed, reversed, 'told'],
  ['send and send', [...PAID, 'giveBack'], step('sent'), step('sent'), 'before'],
  [
    'begin to give back and begin another of the same order',
    [...TO_BEGIN, ...agreeOnAnother],
    begin,
    beginAnother,
    'too-soon',
  ],
  ['begin to give back and take in', TO_BEGIN, begin, takeIn('F1', 40), 'taken'],
  ['take in and begin to give back', TO_BEGIN, takeIn('F1', 40), begin, 'not-open'],
  ['end and end', [...PAID, 'giveBack', 'sent'], step('refunded'), step('refunded'), 'before'],
  [
    'ask for a closed refund anew and end its task',
    [...GOING, 'refundClosed', retry('refund')],
    giveBackAgain,
    endTask,
    'told',
  ],
  [
    'reverse and reverse at a hosted biller',
    ['start', hostedPosting],
    reverseHosted('R1'),
    reverseHosted('R2'),
    { refused: 'more-than-posted' },
  ],
]

/** Who works on what belongs to a payment takes the payment first, so that no two wait for one another. */
const PAYMENT_FIRST: [string, readonly (Step | Act)[], Act][] = [
  ['take back', UNDOABLE, undo()],
  ['finish a posting', POSTING, posted],
  ['give back', PAID, step('giveBack')],
  ['take in', PAID, takeIn('F1')],
  ['ask', POSTED, ask(60)],
  ['approve', [...POSTED, ask(60)], approve],
  ['decline', [...POSTED, ask(60)], decline],
  ['reverse', [...POSTED, ask(60), approve], reversed],
  ['begin to give back', TO_BEGIN, begin],
]

describe('two who decide at once', () => {
  let direct: Database
  let other: Database
  let meanwhile: Meanwhile
  beforeAll(async () => {
    direct = await aDatabase()
    other = openServerDatabase({ url: await urlOf(direct), connections: 2 })
    await seat(direct)
    meanwhile = meanwhileOf(direct, other)
  })
  afterAll(async () => {
    await other.close()
    await direct.close()
  })

  const lived = async (steps: readonly (Step | Act)[]) => {
    const life = await aLife(direct, [])
    for (const one of steps) await (typeof one === 'string' ? step(one) : one)(direct, life)
    return life
  }

  it.each(CASES)(
    '%s: the second waits, and goes by what the first did',
    async (_, before, first, second, answer) => {
      const [met, untroubled] = [await lived(before), await lived(before)]
      const seen = await meanwhile(
        (on) => first(on, met),
        () => second(other, met),
      )
      expect(seen.went).toBe('waited')
      if (typeof answer === 'string') expect(seen.answer).toBe(answer)
      else expect(seen.answer).toMatchObject(answer as object)
      await first(direct, untroubled)
      await second(direct, untroubled)
      expect(await moneyRows(direct, met.paymentId)).toEqual(
        await moneyRows(direct, untroubled.paymentId),
      )
    },
  )

  it.each(PAYMENT_FIRST)('%s: takes the payment before anything of it', async (_, before, act) => {
    const life = await lived(before)
    const seen = await meanwhile(
      (on) => on.run(HOLD_PAYMENT, [life.paymentId]),
      () => act(other, life),
      () => other.run(ITEM_IS_FREE, [life.paymentId]),
    )
    expect(seen.went).toBe('waited')
  })

  it('of two who start other bills under one id the second is refused', async () => {
    const [one, bills] = [await aLife(direct, []), await aPaymentToStart(direct)]
    const { paymentId, orderNumber: number } = one.payment
    const seen = await meanwhile(
      (on) => step('start')(on, one),
      () => startPaymentRow(other, { ...bills, paymentId, orderNumber: number }, TODAY),
    )
    expect(seen).toEqual({ went: 'waited', answer: { refused: 'different-contents' } })
  })

  it.each([
    ['give back', step('giveBack')],
    ['take in', takeIn('F1')],
  ])('of two who %s the same in serializable transactions the second finds it', async (_, act) => {
    const serializable = openServerDatabase({
      url: `${await urlOf(direct)}${SERIALIZABLE}`,
      connections: 1,
    })
    const life = await lived(PAID)
    const seen = await meanwhile(
      (on) => act(on, life),
      () => act(serializable, life),
    )
    await serializable.close()
    expect(seen).toEqual({ went: 'waited', answer: 'before' })
  })

  it('approving waits for the item, of which the biller may just have taken back enough', async () => {
    const life = await lived([...POSTED, ask(60)])
    const seen = await meanwhile(
      (on) => on.run(HOLD_ITEM, [life.paymentId]),
      () => approve(other, life),
    )
    expect(seen).toEqual({ went: 'waited', answer: 'approved' })
  })
})

function undo(): Act {
  return (on, { paymentId }) => undoItemRow(on, { paymentId, itemNo: 1 }, TODAY)
}

function end(): Act {
  return (on, { paymentId }) => endUndo(on, { paymentId, itemNo: 1 }, TODAY)
}
