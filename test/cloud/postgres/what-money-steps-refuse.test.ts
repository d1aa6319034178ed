import { type Database, statement } from '../../../src/cloud/postgres/database'
import { creditBill } from '../../../src/cloud/postgres/outbox'
import {
  type PaidFact,
  type PaymentToStart,
  recordPaid,
  startPaymentRow,
} from '../../../src/cloud/postgres/payment-writes'
import { settledItems } from '../../../src/cloud/postgres/payments'
import { aDatabase, engineName } from '../../support/databases'
import { moneyLines } from '../../support/money-lines'
import {
  aLife,
  type Life,
  PAID,
  POSTING,
  STEPS,
  type Step,
  UNDOABLE,
} from '../../support/money-steps'
import { aPaymentId } from '../../support/payer'
import { paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const BILL = statement(
  'test-bill-otherwise',
  `update bill set revision = revision + $2::int, principal_fen = principal_fen + $3::int, status = $4,
     credited_payment_id = case when $2::int = 0 then credited_payment_id end,
     credited_item_no = case when $2::int = 0 then credited_item_no end,
     credited_at = case when $2::int = 0 then credited_at end
   where bill_id = $1 || '-0'`,
)

type Act = (on: Database, life: Life) => Promise<unknown>
type Before = readonly (Step | Act)[]

const step =
  (name: Step): Act =>
  (on, life) =>
    STEPS[name](on, life)
const bill =
  (revision: number, principal: number, status: string): Act =>
  (on, { paymentId }) =>
    on.run(BILL, [paymentId, revision, principal, status])

/** Credits a bill that its biller does not have any more. */
const creditOfNone: Act = async (on, { paymentId }) => {
  const [item] = await settledItems(on, paymentId)
  if (item === undefined) throw new Error('no item')
  return creditBill(on, { ...item, billId: 'x' }, TODAY)
}

/** The same payment with something else in it. */
const start =
  (change: (payment: PaymentToStart) => Partial<PaymentToStart>): Act =>
  (on, { payment }) =>
    startPaymentRow(on, { ...payment, ...change(payment) }, TODAY)
const another = (payment: PaymentToStart) => {
  const paymentId = aPaymentId()
  const orderNumber = `${paymentId}01`
  return {
    paymentId,
    digest: paymentId,
    phonePaymentId: paymentId,
    orderNumber,
    orders: payment.orders.map((order) => ({ ...order, orderNumber })),
    items: payment.items.map((item) => ({ ...item, receiptNumber: `R${paymentId}` })),
  }
}
const items = (change: Partial<PaymentToStart['items'][number]>) => (payment: PaymentToStart) => ({
  items: payment.items.map((item) => ({ ...item, ...change })),
})

const settle =
  (change: (fact: PaidFact) => Partial<PaidFact>): Act =>
  (on, { paymentId }) => {
    const fact = paidFactOf(paymentId)
    return recordPaid(on, { paymentId, fact: { ...fact, ...change(fact) } }, TODAY)
  }
const part = (change: Partial<PaidFact['parts'][number]>) => (fact: PaidFact) => ({
  parts: fact.parts.map((one) => ({ ...one, ...change })),
})

const CASES: [string, Before, Act, unknown][] = [
  [
    'start, with other contents',
    ['start'],
    start(() => ({ digest: 'x' })),
    { refused: 'different-contents' },
  ],
  [
    'start, of no such bill',
    [],
    start(items({ billId: 'x' })),
    { refused: 'not-found', bill_id: 'x' },
  ],
  ['start, of a bill that is being paid', ['start'], start(another), { refused: 'being-paid' }],
  [
    'start, of a bill whose sheet is open',
    ['start', 'await'],
    start(another),
    { refused: 'being-paid' },
  ],
  ['start, of a bill that is paid', PAID, start(another), { refused: 'already-paid' }],
  [
    'start, of a bill that is credited',
    [...PAID, 'credit'],
    start(another),
    { refused: 'already-paid' },
  ],
  [
    'start, of a bill paid elsewhere',
    [bill(0, 0, 'paid')],
    step('start'),
    { refused: 'already-paid' },
  ],
  ['start, of a newer bill', [bill(1, 0, 'due')], step('start'), { refused: 'amount-changed' }],
  ['start, of another amount', [bill(0, 1, 'due')], step('start'), { refused: 'amount-changed' }],
  ['await, once it is paid', PAID, step('await'), 'paid'],
  ['await, once it is closed', ['start', 'close'], step('await'), 'closed'],
  ['close, once it is paid', PAID, step('close'), 'paid'],
  ['settle, of another order', ['start'], settle(() => ({ orderNumber: 'x' })), 'other-payee'],
  ['settle, for another merchant', ['start'], settle(() => ({ merchantId: 'x' })), 'other-payee'],
  ['settle, for another payee', ['start'], settle(part({ payeeId: 'x' })), 'other-payee'],
  ['settle, by somebody else', ['start'], settle(() => ({ openid: 'x' })), 'other-payer'],
  [
    'settle, of less',
    ['start'],
    settle(part({ amountFen: 99 as never, payerFen: 99 as never })),
    'other-amount',
  ],
  [
    'settle, of more than it is',
    ['start'],
    settle(part({ payerFen: 101 as never })),
    'other-amount',
  ],
  [
    'settle, by another transaction',
    PAID,
    settle(part({ transactionId: 'x' })),
    'other-transaction',
  ],
  ['settle, where nothing was started', [], step('settle'), 'unknown-order'],
  ['credit, of a bill paid elsewhere', [...PAID, bill(0, 0, 'paid')], step('credit'), 'not-due'],
  ['credit, of a bill that is gone', PAID, creditOfNone, 'not-due'],
  ['credit, of a newer bill', [...PAID, bill(1, 0, 'due')], step('credit'), 'not-due'],
  ['begin, of what is not paid', ['start'], step('begin'), 'not-paid'],
  ['begin, of what is not there', [], step('begin'), 'unknown'],
  ['begin, of what goes back', [...PAID, 'giveBack'], step('begin'), 'refunding'],
  ['begin, of what is posted', [...POSTING, 'posted'], step('begin'), 'posted'],
  ['begin, of what is refused', [...POSTING, 'rejected'], step('begin'), 'rejected'],
  ['begin, of what was taken back', [...UNDOABLE, 'undo'], step('begin'), 'undone'],
  ['undo, of what is not there', [], step('undo'), 'not-found'],
  ['undo, of what is not paid', ['startUndoable'], step('undo'), 'not-paid'],
  ['undo, of what cannot be', PAID, step('undo'), 'not-undoable'],
  ['undo, of what is told', [...UNDOABLE, 'endUndo', 'begin'], step('undo'), 'too-late'],
  ['undo, of what goes back', [...UNDOABLE, 'giveBack'], step('undo'), 'being-refunded'],
  ['give back, of what is not paid', ['start'], step('giveBack'), 'not-paid'],
  ['give back, of what the biller may have', POSTING, step('giveBack'), 'posting-unknown'],
  ['give back, of what is credited', [...POSTING, 'posted'], step('giveBack'), 'needs-reversal'],
  ['give back, of what was taken back', [...UNDOABLE, 'undo'], step('giveBack'), 'before'],
  ['refunded, of another refund', [...PAID], step('refunded'), 'unknown-refund'],
]

describe(`what no step of a payment does, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  it.each(CASES)('%s: is refused, and nothing is written', async (_, before, act, answer) => {
    const life = await aLife(database, [])
    const follow = moneyLines(database, life.paymentId)
    for (const one of before) await (typeof one === 'string' ? step(one) : one)(database, life)
    await follow('so far', async () => undefined)
    let said: unknown
    const lines = await follow('refused', async () => {
      said = await act(database, life)
    })
    if (typeof answer === 'string') expect(said).toBe(answer)
    else expect(said).toMatchObject(answer as object)
    expect(lines).toEqual(['refused: told'])
  })

  it.each([
    [
      'a bill is in it twice',
      (payment: PaymentToStart) => ({ items: [...payment.items, ...payment.items] }),
      'same-bill-twice',
    ],
    [
      'an order is not the sum of its items',
      (payment: PaymentToStart) => ({
        orders: payment.orders.map((order) => ({ ...order, amountFen: 99 as never })),
      }),
      'sums-differ',
    ],
    ['it is not the sum of its items', () => ({ amountFen: 101 as never }), 'sums-differ'],
    ['a late fee is in neither', items({ lateFeeFen: 1 as never }), 'sums-differ'],
  ] as const)('a payment is not started where %s', async (_, change, why) => {
    const life = await aLife(database, [])
    await expect(start(change)(database, life)).rejects.toThrow(
      `law 4: ${life.paymentId} was refused by the database, ${why}`,
    )
  })

  it.each([
    ['its holder is closed', ['start', 'close'], 0],
    ['it was taken back', [...UNDOABLE, 'undo'], 0],
    ['its posting was refused, as a newer bill', [...POSTING, 'rejected'], 1],
  ] as const)('a bill is paid again once %s', async (_, before, newer) => {
    const life = await aLife(database, before)
    await bill(newer, 0, 'due')(database, life)
    if (newer > 0)
      expect(await start(another)(database, life)).toMatchObject({ refused: 'amount-changed' })
    const again = start((payment) => {
      const own = another(payment)
      return { ...own, items: own.items.map((item) => ({ ...item, revision: 1 + newer })) }
    })
    expect(await again(database, life)).toEqual({ started: 'now' })
  })
})
