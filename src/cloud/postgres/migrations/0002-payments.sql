-- One act of paying and all that follows from it. Everything here belongs to payment_id, so that
-- settling touches one shard only; bills are marked afterwards by credit_bill. Rows are written by
-- the functions alone, under the lock of their payment, and never deleted: an order and an item are
-- tied to their payment when it starts, and what settling adds repeats neither key nor check.

create domain payment_state as text check (value in ('created', 'awaiting', 'paid', 'closed'));
create domain payment_mode as text check (value in ('direct', 'partner'));
create domain order_kind as text check (value in ('ordinary', 'combined'));
create domain item_state as text check (value in ('unposted', 'posting', 'posted', 'rejected'));
create domain credit_answer as text check (value in ('credited', 'already', 'duplicate', 'not-due'));
create domain ledger_account as text
  check (value in ('wallet', 'unposted', 'posted', 'refunding', 'bank', 'fee', 'promotion'));
create domain task_kind as text check (value in ('post', 'report-delivery'));

create table payment (
  payment_id text primary key,
  openid text not null,
  phone_payment_id text not null,
  digest text not null,
  state payment_state not null,
  mode payment_mode not null,
  kind order_kind not null,
  merchant_id text not null,
  order_number text not null,
  amount_fen positive_fen not null,
  prepay_id text,
  quoted_at timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  asks integer not null default 0,
  next_ask_at timestamptz,
  paid_at timestamptz,
  settled_at timestamptz,
  -- The notice that settled it; null when asking found the money.
  notice_id text,
  closed_at timestamptz,
  constraint payment_facts_match_state check (
    (state = 'paid') = (paid_at is not null)
    and (state = 'paid') = (settled_at is not null)
    and (state <> 'closed' or closed_at is not null)
    and (state in ('paid', 'closed') or next_ask_at is not null)
  )
) with (fillfactor = 70);

create index payment_by_resident on payment (openid, created_at desc);
create index payment_to_ask on payment (next_ask_at) where state in ('created', 'awaiting');

-- What WeChat Pay knows: one row for an ordinary order, a row per payee for a combined one.
create table payment_order (
  payment_id text not null references payment (payment_id),
  order_no integer not null,
  order_number text not null,
  payee_id text not null,
  amount_fen positive_fen not null,
  payer_fen fen,
  transaction_id text,
  paid_at timestamptz,
  primary key (payment_id, order_no),
  constraint order_proof_is_whole check (
    (transaction_id is null) = (paid_at is null) and (payer_fen is null or payer_fen <= amount_fen)
  )
) with (fillfactor = 70);

-- One bill in a payment. Settling makes its one receipt, whose number stands from the start; the credit
-- step signs it.
create table payment_item (
  payment_id text not null,
  item_no integer not null,
  order_no integer not null,
  biller_id text not null references biller (biller_id),
  account_id text not null,
  account_tail text not null,
  bill_id text not null,
  revision positive_integer not null,
  month month_text not null,
  due_on date not null,
  principal_fen fen not null,
  late_fee_fen fen not null,
  amount_fen positive_fen not null generated always as (principal_fen + late_fee_fen) stored,
  refunded_fen fen not null default 0,
  state item_state,
  credit credit_answer,
  receipt_number text not null,
  receipt_code text,
  receipt_key_id text,
  printed_at timestamptz,
  printed_by text,
  posting_number text,
  posted_at timestamptz,
  rejection text,
  primary key (payment_id, item_no),
  foreign key (payment_id, order_no) references payment_order (payment_id, order_no),
  constraint item_facts_match_state check (
    refunded_fen <= amount_fen
    and num_nulls(credit, receipt_code, receipt_key_id) in (0, 3)
    and (credit is null or state is not null)
    and (printed_at is null) = (printed_by is null)
    and (state is not distinct from 'posted') = (posting_number is not null)
    and (state is not distinct from 'posted') = (posted_at is not null)
    and (state is not distinct from 'rejected') = (rejection is not null)
  )
) with (fillfactor = 70);

create index payment_item_by_account on payment_item (account_id);
-- The number is derived from payment and item, so it is unique with them; this finds it.
create index payment_item_by_receipt on payment_item (receipt_number);

-- Double entry: a movement is a debit and a credit of one amount, so its entries sum to zero by
-- construction. The biller is the item's, whose row vouches for it.
create table movement (
  payment_id text not null,
  item_no integer not null,
  kind text not null,
  biller_id text not null,
  debit ledger_account not null,
  credit ledger_account not null,
  amount_fen positive_fen not null,
  at timestamptz not null,
  primary key (payment_id, item_no, kind),
  constraint movement_moves check (debit <> credit)
);

create view ledger_entry as
  select payment_id, item_no, kind, biller_id, debit as ledger_account, amount_fen, at from movement
  union all
  select payment_id, item_no, kind, biller_id, credit, -amount_fen, at from movement;

-- What is still to be told to a neighbour: the biller of an item, then WeChat of its delivery.
create table outbox_task (
  payment_id text not null,
  kind task_kind not null,
  item_no integer not null,
  next_at timestamptz not null,
  locked_until timestamptz,
  attempts natural_number not null default 0,
  done_at timestamptz,
  -- Named when a person has to look; the sweeper leaves it alone from then on.
  person_reason text,
  primary key (payment_id, kind, item_no)
);

create index outbox_due on outbox_task (next_at) where done_at is null and person_reason is null;
