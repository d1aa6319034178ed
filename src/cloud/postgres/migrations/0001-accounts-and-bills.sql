-- Who is owed, by whom, for what. Account and bill belong to account_id, what a resident saved
-- belongs to openid; each is the first column of every key, so that the same schema can be spread
-- over machines. No triggers, and foreign keys only inside a group or to a reference table.
-- What one column may hold is a domain: checked when the column is written, and only then. A CHECK
-- of a table is for what several columns say together; every update of a row pays for it.

create domain fen as bigint check (value >= 0);
create domain positive_fen as bigint check (value > 0);
create domain natural_number as bigint check (value >= 0);
create domain positive_integer as integer check (value > 0);
create domain month_text as text check (value ~ '^\d{4}-\d{2}$');
create domain account_state as text check (value in ('active', 'suspended'));
create domain read_kind as text check (value in ('actual', 'estimated'));
create domain bill_status as text check (value in ('due', 'paid', 'void'));
create domain staff_role as text check (value in ('clerk', 'supervisor'));

create table biller (
  biller_id text primary key
);

create table account (
  account_id text primary key,
  biller_id text not null references biller (biller_id),
  account_number text not null,
  holder_sealed text not null,
  address_sealed text not null,
  phone_sealed text,
  meter_number text not null,
  people positive_integer not null,
  state account_state not null,
  balance_fen bigint,
  last_paid_fen fen,
  synced_at timestamptz not null
);

create table bill (
  account_id text not null references account (account_id),
  bill_id text not null,
  biller_id text not null references biller (biller_id),
  revision positive_integer not null,
  month month_text not null,
  period_from date not null,
  period_to date not null,
  issued_on date not null,
  notice_on date,
  due_on date not null,
  previous_reading bigint not null,
  current_reading bigint not null,
  read_on date not null,
  read_kind read_kind not null,
  usage natural_number not null,
  used_before natural_number not null,
  lines jsonb not null,
  principal_fen fen not null,
  tariff_version text not null,
  status bill_status not null,
  lock_payment_id text,
  credited_payment_id text,
  credited_item_no integer,
  credited_at timestamptz,
  primary key (account_id, bill_id),
  constraint bill_credit_is_whole check (
    (credited_payment_id is null) = (credited_item_no is null)
    and (credited_payment_id is null) = (credited_at is null)
    and (credited_payment_id is null or status = 'paid')
  )
);

create index bill_due on bill (account_id, due_on) where status = 'due';
create index bill_by_month on bill (account_id, month desc);

create table resident (
  openid text primary key,
  known_as text,
  consent_version text,
  consent_at timestamptz
);

create table binding (
  openid text not null,
  account_id text not null,
  label text not null,
  household text not null,
  bound_at timestamptz not null,
  primary key (openid, account_id)
);

-- A right to bind without a further challenge: after a right answer, or after unbinding.
create table look_up_grant (
  openid text not null,
  account_id text not null,
  until timestamptz not null,
  primary key (openid, account_id)
);

-- Tries counted per subject (a resident, an account, an address) and window.
create table attempt (
  subject text not null,
  window_start timestamptz not null,
  tries natural_number not null,
  primary key (subject, window_start)
);

create table staff (
  staff_id text primary key,
  biller_id text not null references biller (biller_id),
  openid text not null,
  display_name text not null,
  role staff_role not null,
  invited_at timestamptz not null,
  revoked_at timestamptz
);

create index staff_by_openid on staff (openid) where revoked_at is null;

-- Pseudonymous ids only. subject_id is an account or a payment; the row is written by the same
-- transaction as what it records.
create table audit (
  subject_id text not null,
  audit_id text not null,
  at timestamptz not null,
  actor text not null,
  act text not null,
  reason text,
  primary key (subject_id, audit_id)
);
