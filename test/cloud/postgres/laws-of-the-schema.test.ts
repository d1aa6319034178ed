import { type Database, DatabaseFault, statement } from '../../../src/cloud/postgres/database'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { markRefundSent, requestRefund } from '../../../src/cloud/postgres/refunds'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const TWO_ITEMS = [1, 2].map((orderNo) => ({ orderNo, principal: 100, lateFee: 0 }))
const OF_ITEM = 'where payment_id = $1 and item_no = 1'

/** What no program may write, whichever has a bug: the law, the statement, the name that refuses it. */
const REFUSED: [string, string, string][] = [
  // One row for one fact.
  ['a bill is there once', twice('bill', `bill_id like $1 || '-%'`), 'bill_pkey'],
  ['a payment is there once', twice('payment'), 'payment_pkey'],
  ['an order is there once', twice('payment_order'), 'payment_order_pkey'],
  [
    'an item is there once',
    'update payment_item set item_no = 1, order_no = 1 where payment_id = $1',
    'payment_item_pkey',
  ],
  [
    'a bill is in a payment once',
    `update payment_item set account_id = 'account-1', bill_id = 'one' where payment_id = $1`,
    'payment_item_once',
  ],
  ['a movement is made once', twice('movement'), 'movement_pkey'],
  ['a task is there once', twice('outbox_task'), 'outbox_task_pkey'],
  ['a refund is there once', twice('refund'), 'refund_pkey'],
  [
    'a refund’s number is its own',
    `insert into refund (payment_id, refund_no, item_no, refund_number, amount_fen, state, reason, requested_by,
       requested_at)
     select payment_id, refund_no + 1, item_no, refund_number, 1, 'requested', 'r', 'o', now() from refund
     where payment_id = $1`,
    'refund_by_number',
  ],
  ['a hosted biller’s credit is there once', twice('hosted_posting'), 'hosted_posting_pkey'],
  ['a hosted biller’s reversal is there once', twice('hosted_reversal'), 'hosted_reversal_pkey'],

  // What belongs together.
  [
    'an order belongs to a payment',
    `insert into payment_order (payment_id, order_no, order_number, payee_id, amount_fen)
     values ('no-' || $1, 1, 'n', 'p', 1)`,
    'payment_order_payment_id_fkey',
  ],
  [
    'an item belongs to an order',
    `update payment_item set order_no = 9 ${OF_ITEM}`,
    'payment_item_payment_id_order_no_fkey',
  ],
  [
    'an item belongs to a biller',
    `update payment_item set biller_id = 'nobody' ${OF_ITEM}`,
    'payment_item_biller_id_fkey',
  ],
  [
    'a refund belongs to an item',
    `update refund set item_no = 9 ${OF_ITEM}`,
    'refund_payment_id_item_no_fkey',
  ],
  [
    'a bill belongs to an account',
    `update bill set account_id = 'nobody' where bill_id = $1 || '-0'`,
    'bill_account_id_fkey',
  ],
  [
    'a bill belongs to a biller',
    `update bill set biller_id = 'nobody' where bill_id = $1 || '-0'`,
    'bill_biller_id_fkey',
  ],
  [
    'a reversal belongs to a credit',
    `insert into hosted_reversal values ('no-' || $1, 'r', 1, 'n', now())`,
    'hosted_reversal_posting_id_fkey',
  ],

  // What a state says.
  ...refusedEach('payment_item', 'item_facts_match_state', [
    ['no more is given back than was paid', 'refunded_fen = amount_fen + 1'],
    ['no more is reversed than was paid', `${postedNow()}, reversed_fen = amount_fen + 1`],
    ['nothing less than nothing is reversed', `${postedNow()}, reversed_fen = -1`],
    ['what is reversed was posted', 'reversed_fen = 1'],
    ['a receipt is whole', `receipt_code = 'c'`],
    ['what is credited has a receipt', `credit = 'credited'`],
    [
      'what is credited can no longer be taken back',
      `credit = 'credited', receipt_code = 'c', receipt_key_id = 'k', undo_minutes = 10`,
    ],
    ['a printed receipt has its clerk', 'printed_at = now()'],
    ['what is posted has its number', `state = 'posted', posted_at = now()`],
    ['what has a number is posted', `posting_number = 'n'`],
    ['what is posted has its time', `state = 'posted', posting_number = 'n'`],
    ['what has a posting’s time is posted', 'posted_at = now()'],
    ['what is rejected has its reason', `state = 'rejected', rejected_at = now()`],
    ['what has a rejection is rejected', `rejection = 'r'`],
    ['what is rejected has its time', `state = 'rejected', rejection = 'r'`],
    ['what has a rejection’s time is rejected', 'rejected_at = now()'],
    ['what was taken back has its time', `state = 'undone'`],
    ['what has that time was taken back', 'undone_at = now()'],
    [
      'its time to be taken back ends or it is',
      `state = 'undone', undone_at = now(), undo_ended_at = now()`,
    ],
  ]),
  ...refusedEach('refund', 'refund_facts_match_state', [
    ['the payer gets no more back than the item’s', 'payer_fen = amount_fen + 1'],
    ['what is sent was approved', 'approved_at = null'],
    ['nobody approves what they asked for', 'rule = null, requested_by = approved_by'],
    ['what is at WeChat was sent', 'sent_at = null'],
    ['what has ended has its time', `state = 'done'`],
    ['what has its end’s time has ended', 'finished_at = now()'],
    ['what is declined has its reason', `state = 'declined', finished_at = now()`],
    ['what has that reason is declined', `declined_for = 'r'`],
    ['what was credited is reversed before', 'needs_reversal = true'],
    ['it is taken from what is posted or not', `takes_from = 'wallet'`],
  ]),
  ...refusedEach('payment_order', 'order_proof_is_whole', [
    ['an order that is paid has its transaction', 'transaction_id = null', 'order_no = 1'],
    ['an order’s transaction has its time', 'paid_at = null', 'order_no = 1'],
    ['nobody pays more than an order’s amount', 'payer_fen = amount_fen + 1', 'order_no = 1'],
  ]),
  ...refusedEach('bill', 'bill_credit_is_whole', [
    [
      'a credit has its item',
      `status = 'paid', credited_payment_id = 'p', credited_at = now()`,
      '',
      'b',
    ],
    [
      'a credit has its time',
      `status = 'paid', credited_payment_id = 'p', credited_item_no = 1`,
      '',
      'b',
    ],
    [
      'what is credited is paid',
      `credited_payment_id = 'p', credited_item_no = 1, credited_at = now()`,
      '',
      'b',
    ],
  ]),
  [
    'a payment’s facts are those of its state',
    'update payment set settled_at = null where payment_id = $1',
    'payment_facts_match_state',
  ],
  [
    'money moves from one account to another',
    'update movement set credit = debit where payment_id = $1',
    'movement_moves',
  ],

  // Amounts and words.
  ['no amount is below zero', `update payment_item set refunded_fen = -1 ${OF_ITEM}`, 'fen_check'],
  [
    'no movement is of nothing',
    'update movement set amount_fen = 0 where payment_id = $1',
    'positive_fen_check',
  ],
  [
    'the ledger has no other account',
    `update movement set debit = 'pocket' where payment_id = $1`,
    'ledger_account_check',
  ],
  [
    'a payment has no other state',
    `update payment set state = 'lost' where payment_id = $1`,
    'payment_state_check',
  ],
  [
    'an item has no other state',
    `update payment_item set state = 'lost' ${OF_ITEM}`,
    'item_state_check',
  ],
  [
    'a refund has no other state',
    `update refund set state = 'lost' ${OF_ITEM}`,
    'refund_state_check',
  ],
]

describe(`what the database refuses whoever writes, on the ${engineName()} engine`, () => {
  let database: Database
  let paymentId: string
  beforeAll(async () => {
    database = await aDatabase()
    paymentId = await aStoredPayment(database, TWO_ITEMS)
    const fact = paidFactOf(paymentId, TWO_ITEMS)
    await recordPaid(database, { paymentId, fact }, TODAY)
    const refund = {
      paymentId,
      refundNo: 1,
      itemNo: 1,
      amountFen: fen(100),
      reason: 'duplicate',
      rule: 'duplicate' as const,
      actor: 'jobs',
    }
    expect(await requestRefund(database, refund, TODAY)).toBe('approved')
    await markRefundSent(database, refund, 'w1', TODAY)
    const hosted = [
      `insert into hosted_posting values ($1, 'account-1', $1 || '-0', 'n', now(), 'biller-1', 100)`,
      `insert into hosted_reversal values ($1, 'r', 1, 'n', now())`,
    ]
    for (const [index, text] of hosted.entries())
      await database.run(statement(`test-hosted-${index}`, text), [paymentId])
  })
  afterAll(() => database.close())

  it.each(REFUSED)('%s', async (law, text, name) => {
    const told = await database
      .run(statement(`test-law-${law.slice(0, 50)}`, text), [paymentId])
      .then(
        () => 'written',
        (fault: unknown) => (fault instanceof DatabaseFault ? String(fault.cause) : String(fault)),
      )
    expect(told).toContain(`"${name}"`)
  })
})

function twice(table: string, where?: string): string {
  const key = table.startsWith('hosted') ? 'posting_id' : 'payment_id'
  return `insert into ${table} select * from ${table} where ${where ?? `${key} = $1`}`
}

/** Each of these changes to the one row is refused by this check. */
function refusedEach(
  table: string,
  check: string,
  changes: [string, string, string?, string?][],
): [string, string, string][] {
  return changes.map(([law, change, more = 'item_no = 1', isBill]) => {
    const where = isBill === undefined ? `payment_id = $1 and ${more}` : `bill_id = $1 || '-0'`
    return [law, `update ${table} set ${change} where ${where}`, check]
  })
}

function postedNow(): string {
  return `state = 'posted', posting_number = 'n', posted_at = now()`
}
