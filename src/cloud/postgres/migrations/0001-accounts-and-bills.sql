-- Who is owed, by whom, for what. Account and bill belong to account_id, what a resident saved
-- belongs to openid; each is the first column of every key, so that the same schema can be spread
-- over machines. No triggers, and foreign keys only inside a group or to a reference table.

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
  people integer not null check (people > 0),
  state text not null check (state in ('active', 'suspended')),
  balance_fen bigint,
  last_paid_fen bigint check (last_paid_fen >= 0),
  synced_at timestamptz not null
);

create table bill (
  account_id text not null references account (account_id),
  bill_id text not null,
  biller_id text not null references biller (biller_id),
  revision integer not null check (revision > 0),
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  period_from date not null,
  period_to date not null,
  issued_on date not null,
  notice_on date,
  due_on date not null,
  previous_reading bigint not null,
  current_reading bigint not null,
  read_on date not null,
  read_kind text not null check (read_kind in ('actual', 'estimated')),
  usage bigint not null check (usage >= 0),
  used_before bigint not null check (used_before >= 0),
  lines jsonb not null,
  principal_fen bigint not null check (principal_fen >= 0),
  tariff_version text not null,
  status text not null check (status in ('due', 'paid', 'void')),
  lock_payment_id text,
  credited_payment_id text,
  credited_item_no integer,
  credited_at timestamptz,
  primary key (account_id, bill_id),
  check (credited_payment_id is null or status = 'paid'),
  check ((credited_payment_id is null) = (credited_item_no is null)),
  check ((credited_payment_id is null) = (credited_at is null))
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
  tries integer not null check (tries >= 0),
  primary key (subject, window_start)
);

create table staff (
  staff_id text primary key,
  biller_id text not null references biller (biller_id),
  openid text not null,
  display_name text not null,
  role text not null check (role in ('clerk', 'supervisor')),
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
