import { type Database, statement } from '../../src/cloud/postgres/database'
import { type PersonalDataKeys, seal } from '../../src/cloud/postgres/personal-data'
import { putBillers } from '../../src/cloud/postgres/staff'
import { inLanes } from '../../src/cloud/use-cases/in-lanes'
import { MADE_BILLERS, type MadeItem, type MadePayment } from './made-day'

const BATCH = 2_000

/** Writes the day into our own tables, in the states that its payments are in. */
export async function writeDay(
  database: Database,
  keys: PersonalDataKeys,
  day: readonly MadePayment[],
): Promise<void> {
  await putBillers(
    database,
    MADE_BILLERS.map(({ id }) => id),
  )
  const starts = Array.from({ length: Math.ceil(day.length / BATCH) }, (_, index) => index * BATCH)
  await inLanes(
    starts,
    () => false,
    async (from) => {
      const rows = JSON.stringify(
        day.slice(from, from + BATCH).flatMap((payment) => rowsOf(keys, payment)),
      )
      for (const write of WRITES) await database.run(write, [rows])
    },
  )
}

/** A row per item, with what its payment says. */
function rowsOf(keys: PersonalDataKeys, payment: MadePayment): object[] {
  if (payment.ours === 'unknown')
    return payment.items
      .filter(isHostedCredit)
      .map((item) => ({ ...itemRow(keys, item), is_known: false }))
  const isPaid = payment.ours === 'paid'
  const [first] = payment.items
  const isCombined = payment.items.length > 1
  return payment.items.map((item) => ({
    ...itemRow(keys, item),
    is_known: true,
    is_first: item === first,
    id: payment.id,
    openid: payment.openid,
    state: payment.ours,
    mode: item.biller.mode,
    order_kind: isCombined ? 'combined' : 'ordinary',
    mchid: item.biller.mchid,
    payment_number: isCombined ? `${payment.id}00` : item.orderNumber,
    total: payment.items.reduce((sum, one) => sum + one.amount, 0),
    created_at: moment(payment.createdAt),
    expires_at: moment(payment.createdAt + 900_000),
    paid_at: isPaid ? moment(payment.paidAt) : null,
    settled_at: isPaid ? moment(payment.paidAt + 400) : null,
    closed_at: payment.ours === 'closed' ? moment(payment.createdAt + 960_000) : null,
  }))
}

const isHostedCredit = (item: MadeItem): boolean =>
  item.biller.isHosted && item.credited !== undefined

function itemRow(keys: PersonalDataKeys, item: MadeItem): Record<string, unknown> {
  const { biller, credited, refund } = item
  const isTold = item.ours === 'posted' || item.ours === 'posting' || item.ours === 'rejected'
  const account = `${biller.id}/${item.accountNumber}`
  const sealed = (column: string, plain: string) =>
    seal(keys, { table: 'account', row: account, column }, plain)
  return {
    no: item.no,
    biller: biller.id,
    payee: biller.payeeId,
    account,
    holder: sealed('holder', '王建国'),
    address: sealed('address', '朝阳区望京街16号0603室'),
    account_number: item.accountNumber,
    order_number: item.orderNumber,
    transaction_id: item.transactionId,
    amount: item.amount,
    item_state: item.ours,
    credit: isTold ? 'credited' : null,
    posting_id: item.postingId,
    posting_number: item.postingNumber,
    posted_at: item.ours === 'posted' ? moment(item.postedAt) : null,
    rejected_at: item.ours === 'rejected' ? moment(item.postedAt) : null,
    paid_before: item.paidBefore ?? null,
    hosted_at: isHostedCredit(item) ? moment(credited?.at ?? 0) : null,
    hosted_amount: credited?.amount ?? null,
    refund_number: refund?.inOurs === true ? refund.number : null,
    wechat_refund_id: refund?.wechatRefundId ?? null,
    refund_at: refund?.inOurs === true ? moment(refund.at) : null,
  }
}

const moment = (at: number) => new Date(at).toISOString()

const ROWS = `jsonb_to_recordset($1::jsonb) as r(is_known boolean, is_first boolean, id text, openid text, state text, mode text, order_kind text,
  mchid text, payment_number text, total bigint, created_at timestamptz, expires_at timestamptz,
  paid_at timestamptz, settled_at timestamptz, closed_at timestamptz, no integer, biller text, payee text,
  account text, account_number text, holder text, address text, order_number text, transaction_id text, amount bigint, item_state text,
  credit text, posting_id text, posting_number text, posted_at timestamptz, rejected_at timestamptz,
  paid_before text, hosted_at timestamptz, hosted_amount bigint, refund_number text, wechat_refund_id text,
  refund_at timestamptz)`
const KNOWN = `${ROWS} where r.is_known`
const PAID = `${KNOWN} and r.state = 'paid'`

const WRITES = [
  `insert into account (account_id, biller_id, account_number, holder_sealed, address_sealed, meter_number,
     people, state, synced_at)
   select account, biller, account_number, holder, address, 'M' || account_number, 3, 'active', created_at from ${KNOWN}`,
  `insert into bill (account_id, bill_id, biller_id, revision, month, period_from, period_to, issued_on, due_on,
     previous_reading, current_reading, read_on, read_kind, usage, used_before, lines, principal_fen,
     tariff_version, status, lock_payment_id, credited_payment_id, credited_item_no, credited_at)
   select account, '2026-10', biller, 1, '2026-10', '2026-09-20', '2026-10-20', '2026-10-22', '2026-12-04', 0,
     45000, '2026-10-20', 'actual', 45000, 0, '[]', amount, 'beijing-electricity-2012',
     case when by is null then 'due' else 'paid' end, coalesce(by, id), by, case when by is not null then 1 end,
     case when by is not null then created_at end
   from (select *, case when paid_before is not null then paid_before when credit is not null then id end as by
     from ${KNOWN}) as known`,
  `insert into payment (payment_id, openid, phone_payment_id, digest, state, mode, kind, merchant_id, order_number,
     amount_fen, prepay_id, quoted_at, expires_at, created_at, next_ask_at, paid_at, settled_at, closed_at)
   select id, openid, id, id, state, mode, order_kind, mchid, payment_number, total, 'wx' || id, created_at,
     expires_at, created_at, case when state = 'awaiting' then created_at + interval '3 days' end, paid_at,
     settled_at, closed_at
   from ${KNOWN} and is_first`,
  `insert into payment_order (payment_id, order_no, order_number, payee_id, amount_fen, created_at, payer_fen,
     transaction_id, paid_at)
   select id, no, order_number, payee, amount, created_at, case when state = 'paid' then amount end,
     case when state = 'paid' then transaction_id end, paid_at
   from ${KNOWN}`,
  `insert into payment_item (payment_id, item_no, order_no, biller_id, account_id, account_tail, bill_id, revision,
     month, due_on, principal_fen, late_fee_fen, receipt_number, state, credit, receipt_code, receipt_key_id,
     posting_number, posted_at, rejection, rejected_at)
   select id, no, no, biller, account, right(account_number, 4), '2026-10', 1, '2026-10', '2026-12-04', amount, 0,
     'WJ26-1116-' || id || no, item_state, credit, case when credit is not null then posting_id end,
     case when credit is not null then 'r1' end, case when posted_at is not null then posting_number end, posted_at,
     case when rejected_at is not null then 'no-such-account' end, rejected_at
   from ${KNOWN}`,
  `insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
   select id, no, 'settle', biller, 'wallet', 'unposted', amount, settled_at from ${PAID}
   union all
   select id, no, 'post', biller, 'unposted', 'posted', amount, posted_at from ${PAID} and posted_at is not null
   union all
   select id, no, 'refund:' || no, biller, 'unposted', 'refunding', amount, refund_at from ${PAID} and refund_at is not null
   union all
   select id, no, 'refund-done:' || no, biller, 'refunding', 'wallet', amount, refund_at from ${PAID} and refund_at is not null`,
  `insert into outbox_task (payment_id, kind, item_no, next_at, attempts)
   select id, 'post', no, settled_at, 3 from ${PAID} and item_state in ('unposted', 'posting')`,
  `insert into refund (payment_id, refund_no, item_no, refund_number, amount_fen, state, reason, rule, requested_by,
     requested_at, approved_by, approved_at, payer_fen, wechat_refund_id, sent_at, finished_at, arrived_in)
   select id, no, no, refund_number, amount, 'done', 'no-such-account', 'rejected-posting', 'jobs', refund_at,
     'rejected-posting', refund_at, amount, wechat_refund_id, refund_at, refund_at + interval '5 seconds', '零钱'
   from ${PAID} and refund_at is not null`,
  `update payment_item i set refunded_fen = r.amount from ${PAID} and r.refund_at is not null and i.payment_id = r.id and i.item_no = r.no`,
  `insert into hosted_posting (posting_id, account_id, bill_id, posting_number, posted_at, biller_id, amount_fen)
   select posting_id, account, '2026-10', posting_number, hosted_at, biller, hosted_amount
   from ${ROWS} where hosted_at is not null`,
].map((text, index) => statement(`made-day-${index}`, text))
