-- One act of paying and all that follows from it. Everything here belongs to payment_id, so that
-- settling touches one shard only; bills are marked afterwards by credit_bill.

create table payment (
  payment_id text primary key,
  openid text not null,
  phone_payment_id text not null,
  digest text not null,
  state text not null check (state in ('created', 'awaiting', 'paid', 'closed')),
  mode text not null check (mode in ('direct', 'partner')),
  kind text not null check (kind in ('ordinary', 'combined')),
  merchant_id text not null,
  order_number text not null,
  amount_fen bigint not null check (amount_fen > 0),
  prepay_id text,
  quoted_at timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  asks integer not null default 0,
  next_ask_at timestamptz,
  paid_at timestamptz,
  settled_at timestamptz,
  closed_at timestamptz,
  check ((state = 'paid') = (paid_at is not null)),
  check ((state = 'paid') = (settled_at is not null)),
  check (state <> 'closed' or closed_at is not null),
  check (state in ('paid', 'closed') or next_ask_at is not null)
);

create index payment_by_resident on payment (openid, created_at desc);
create index payment_to_ask on payment (next_ask_at) where state in ('created', 'awaiting');

-- What WeChat Pay knows: one row for an ordinary order, a row per payee for a combined one.
create table payment_order (
  payment_id text not null references payment (payment_id),
  order_no integer not null,
  order_number text not null,
  payee_id text not null,
  amount_fen bigint not null check (amount_fen > 0),
  payer_fen bigint check (payer_fen >= 0 and payer_fen <= amount_fen),
  transaction_id text,
  paid_at timestamptz,
  primary key (payment_id, order_no),
  check ((transaction_id is null) = (paid_at is null))
);

create table payment_item (
  payment_id text not null references payment (payment_id),
  item_no integer not null,
  order_no integer not null,
  biller_id text not null references biller (biller_id),
  account_id text not null,
  account_tail text not null,
  bill_id text not null,
  revision integer not null,
  month text not null,
  due_on date not null,
  principal_fen bigint not null check (principal_fen >= 0),
  late_fee_fen bigint not null check (late_fee_fen >= 0),
  amount_fen bigint not null check (amount_fen > 0 and amount_fen = principal_fen + late_fee_fen),
  refunded_fen bigint not null default 0 check (refunded_fen >= 0 and refunded_fen <= amount_fen),
  state text check (state in ('unposted', 'posting', 'posted', 'rejected')),
  credit text check (credit in ('credited', 'already', 'duplicate', 'not-due')),
  receipt_number text,
  posting_number text,
  posted_at timestamptz,
  rejection text,
  primary key (payment_id, item_no),
  foreign key (payment_id, order_no) references payment_order (payment_id, order_no),
  check ((state is null) = (receipt_number is null)),
  check ((state is not distinct from 'posted') = (posting_number is not null)),
  check ((state is not distinct from 'posted') = (posted_at is not null)),
  check ((state is not distinct from 'rejected') = (rejection is not null))
);

create index payment_item_by_account on payment_item (account_id);

create table receipt (
  payment_id text not null,
  item_no integer not null,
  receipt_number text not null,
  code text not null,
  key_id text not null,
  issued_at timestamptz not null,
  printed_at timestamptz,
  printed_by text,
  primary key (payment_id, item_no),
  foreign key (payment_id, item_no) references payment_item (payment_id, item_no),
  check ((printed_at is null) = (printed_by is null))
);

-- The number is derived from payment and item, so it is unique with them; this finds it.
create index receipt_by_number on receipt (receipt_number);

-- Double entry: a movement is a debit and a credit of one amount, so its entries sum to zero by
-- construction. The biller is the item's, whose row vouches for it.
create table movement (
  payment_id text not null,
  item_no integer not null,
  kind text not null,
  biller_id text not null,
  debit text not null,
  credit text not null,
  amount_fen bigint not null check (amount_fen > 0),
  at timestamptz not null,
  primary key (payment_id, item_no, kind),
  foreign key (payment_id, item_no) references payment_item (payment_id, item_no),
  check (debit <> credit),
  check (debit in ('wallet', 'unposted', 'posted', 'refunding', 'bank', 'fee', 'promotion')),
  check (credit in ('wallet', 'unposted', 'posted', 'refunding', 'bank', 'fee', 'promotion'))
);

create view ledger_entry as
  select payment_id, item_no, kind, biller_id, debit as ledger_account, amount_fen, at from movement
  union all
  select payment_id, item_no, kind, biller_id, credit, -amount_fen, at from movement;

-- What is still to be told to a neighbour. Item 0 stands for the whole payment.
create table outbox_task (
  payment_id text not null references payment (payment_id),
  kind text not null check (kind in ('post', 'report-delivery')),
  item_no integer not null,
  next_at timestamptz not null,
  locked_until timestamptz,
  attempts integer not null default 0,
  done_at timestamptz,
  -- Named when a person has to look; the sweeper leaves it alone from then on.
  person_reason text,
  primary key (payment_id, kind, item_no)
);

create index outbox_due on outbox_task (next_at) where done_at is null and person_reason is null;

-- Every notice that was read and matched, once.
create table notice_seen (
  payment_id text not null references payment (payment_id),
  notice_id text not null,
  received_at timestamptz not null,
  primary key (payment_id, notice_id)
);
