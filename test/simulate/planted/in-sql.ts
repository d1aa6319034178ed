import type { PlantedBug } from './planted-bug'

const MIGRATIONS = 'src/cloud/postgres/migrations'
const UNDO = `${MIGRATIONS}/0014-undo.sql`
/** Where the functions stand that match a day now. */
const LINES = `${MIGRATIONS}/0020-lines-of-a-day.sql`
const REFUNDS = `${MIGRATIONS}/0015-refunds-by-people.sql`
/** Where a payment is started and a bill credited now. */
const START = `${MIGRATIONS}/0022-given-back-before-posting.sql`
/** Where a payment is settled, and a refund asked for, now. */
const SETTLE = `${MIGRATIONS}/0023-refunds-by-hand.sql`
/** Where a posting ends now, and the task of a refund that came to nothing. */
const REST = `${MIGRATIONS}/0028-a-rest-stays-with-somebody.sql`
/** Where a refund is taken in and ended now. */
const BEGUN = `${MIGRATIONS}/0029-begun-is-as-good-as-sent.sql`
/** Where a refund is begun now. */
const APART = `${MIGRATIONS}/0030-a-minute-apart.sql`
const DIFFERENCES = `${MIGRATIONS}/0013-reconciliation.sql`

/** A predicate, a row or a sign that is missing in the functions that move money. */
export const BUGS_IN_SQL: PlantedBug[] = [
  {
    name: 'money that comes after the close is not taken',
    file: SETTLE,
    find: `if v_payment.state = 'paid' then return 'before'; end if;`,
    put: `if v_payment.state in ('paid', 'closed') then return 'before'; end if;`,
  },
  {
    name: 'late money can be taken back',
    file: SETTLE,
    find: `update payment_item set undo_ended_at = p_now where payment_id = p_payment_id and undo_minutes > 0;`,
    put: 'null;',
  },
  {
    name: 'any amount is enough',
    file: SETTLE,
    find: `if v_order.amount_fen is distinct from (v_part ->> 'amount_fen')::bigint then return 'other-amount'; end if;`,
    put: '',
  },
  {
    name: 'anybody’s money is the payer’s',
    file: SETTLE,
    find: `if v_payment.openid is distinct from p_fact ->> 'openid' then return 'other-payer'; end if;`,
    put: '',
  },
  {
    name: 'what a coupon paid has no movement',
    file: SETTLE,
    find: 'if v_coupon > 0 then',
    put: 'if v_coupon < 0 then',
  },
  {
    name: 'a settled item has no posting task',
    file: SETTLE,
    find: `      insert into outbox_task (payment_id, kind, item_no, next_at)
        values (p_payment_id, 'post', v_item.item_no, p_now + v_item.minutes * interval '1 minute');`,
    put: '',
  },
  {
    name: 'a settlement goes the wrong way through the ledger',
    file: SETTLE,
    find: `v_item.biller_id, 'wallet', 'unposted',`,
    put: `v_item.biller_id, 'unposted', 'wallet',`,
  },
  {
    name: 'a settlement leaves no audit row',
    file: SETTLE,
    find: `  insert into audit (subject_id, audit_id, at, actor, act) values (p_payment_id, 'settle', p_now, 'wechat', 'record-paid');`,
    put: '',
  },
  {
    name: 'a second payment for a bill counts as the first',
    file: START,
    find: `    return 'duplicate';`,
    put: `    return 'already';`,
  },
  {
    name: 'a lock ends by our clock',
    file: START,
    find: `elsif v_holder.state in ('created', 'awaiting') then`,
    put: `elsif v_holder.state in ('created', 'awaiting') and v_holder.expires_at > p_now then`,
  },
  {
    name: 'a bill whose payment is unknown is free',
    file: START,
    find: `elsif v_holder.state in ('created', 'awaiting') then`,
    put: `elsif v_holder.state = 'created' then`,
  },
  {
    name: 'a start leaves no lock on the bill',
    file: START,
    find: `    update bill set lock_payment_id = p_payment_id where account_id = v_account_id and bill_id = v_bill_id;`,
    put: '',
  },
  {
    name: 'what goes to its biller can be taken back',
    file: UNDO,
    find: `v_item.state <> 'unposted' or v_item.undo_ended_at is not null`,
    put: `v_item.state not in ('unposted', 'posting')`,
  },
  {
    name: 'what was taken back can still be posted',
    file: UNDO,
    find: `  if v_item.state = 'undone' then return 'undone'; end if;
  if v_item.undo_ended_at is null then`,
    put: `  if v_item.undo_ended_at is null and v_item.state <> 'undone' then`,
  },
  {
    name: 'a trade of another amount counts as the same',
    file: LINES,
    find: `    or t.amount_fen <> o.amount_fen or t.transaction_id <> o.transaction_id`,
    put: '',
  },
  {
    name: 'a posting of another amount counts as the same',
    file: LINES,
    find: `    or t.amount_fen <> o.amount_fen or t.posting_number <> o.posting_number`,
    put: '',
  },
  {
    name: 'a difference leaves no audit row',
    file: DIFFERENCES,
    find: `    values (p_payment_id, 'difference:' || v_id, p_now, 'jobs', 'note-difference', v_reason)`,
    put: `    values (p_payment_id, 'noted:' || v_id, p_now, 'jobs', 'note-difference', v_reason)`,
  },
  {
    name: 'a posting loses a fen',
    file: REST,
    find: `'unposted', 'posted', v_item.amount_fen, p_now)`,
    put: `'unposted', 'posted', v_item.amount_fen - 1, p_now)`,
  },
  {
    name: 'a sent refund has no movement',
    file: REFUNDS,
    find: `  insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
    values (p_payment_id, v_refund.item_no, 'refund:' || p_refund_no, v_biller_id, 'unposted', 'refunding',
      v_refund.amount_fen, p_now);`,
    put: '',
  },
  {
    name: 'a closed refund stays between the accounts',
    file: BEGUN,
    find: `v_part.takes_from, v_part.amount_fen, p_now);`,
    put: `'bank', v_part.amount_fen, p_now);`,
  },
  {
    name: 'an item does not learn what was given back of it',
    file: BEGUN,
    find: 'refunded_fen = refunded_fen + v_part.amount_fen',
    put: 'refunded_fen = refunded_fen',
  },
  {
    name: 'a bill stays paid by what was given back before its posting',
    file: BEGUN,
    find: `    perform free_bill(p_payment_id, v_part.item_no, p_now);`,
    put: '',
  },
  {
    name: 'a refused posting is given back by nobody',
    file: SETTLE,
    find: `'approved' end, p_refund ->> 'reason', v_rule,`,
    put: `'requested' end, p_refund ->> 'reason', v_rule,`,
  },
  {
    name: 'what was given back by hand of a credit calls nobody',
    file: BEGUN,
    find: `      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'reverse', v_refund_no, p_now);`,
    put: '',
  },
  {
    name: 'what WeChat has given back goes to its biller',
    file: SETTLE,
    find: `if (v_part ->> 'is_refunded')::boolean then`,
    put: `if false then`,
  },
  {
    name: 'of what was given back of a whole order one bill is enough',
    file: SETTLE,
    find: `from ranked where all_fen >= p_amount_fen and before_fen < p_amount_fen`,
    put: `from ranked where all_fen >= p_amount_fen and part_no = 1`,
  },
  {
    name: 'what is left of a refund that came to nothing is forgotten',
    file: REST,
    find: `if has_rest(p_payment_id, v_refund.item_no) then`,
    put: `if false then`,
  },
  {
    name: 'a refund that WeChat may have can be withdrawn',
    file: BEGUN,
    find: ` and r.is_doubted and r.begun_at is null;`,
    put: ` and r.is_doubted;`,
  },
  {
    name: 'two refunds of an order are sent within a minute',
    file: APART,
    find: `then return 'too-soon'; end if;`,
    put: `then null; end if;`,
  },
  {
    name: 'a refund by hand has no unique key, and is taken in as often as it is told',
    file: BEGUN,
    find: `alter table refund add column begun_at timestamptz;`,
    put: `alter table refund add column begun_at timestamptz; drop index refund_by_number;`,
    besides: { find: `if v_first.refund_no is not null then`, put: `if false then` },
  },
]
