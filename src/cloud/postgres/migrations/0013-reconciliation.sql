-- The daily match, three ways: WeChat's files, our books, the biller's file. A file is taken whole or
-- not at all: its rows are staged under the try that read it, and count once that try has ended well.
-- What matches leaves no row: an item is matched when the days of its payee and of its biller are, and
-- no difference of its is open. Differences are kept for ever, with what was done about them.

create domain file_source as text check (value in ('trade', 'fund-flow', 'postings'));
create domain file_state as text check (value in ('wanted', 'staged', 'matched'));
create domain difference_reason as text check (value in ('wallet-only', 'ours-only', 'biller-only',
  'amount-differs', 'day-cut', 'refund-not-seen', 'refund-unknown', 'fee-differs'));
create domain safe_action as text check (value in ('post-again', 'ask', 'refund', 'wait', 'person'));
create domain difference_state as text check (value in ('open', 'done', 'person'));

-- A payee's file of WeChat, or a biller's, of one day.
create table daily_file (
  owner_id text not null,
  source file_source not null,
  day date not null,
  state file_state not null default 'wanted',
  next_at timestamptz not null,
  locked_until timestamptz,
  attempts integer not null default 0,
  -- Why the last try was refused.
  refusal text,
  -- The try whose rows count, and what it read.
  staged_attempt integer,
  row_count bigint,
  digest text,
  -- What its rows add up to, by name.
  sums jsonb,
  differences integer,
  staged_at timestamptz,
  matched_at timestamptz,
  primary key (owner_id, source, day),
  constraint daily_file_facts_match check (
    (state = 'wanted') = (staged_attempt is null)
    and num_nulls(staged_attempt, row_count, digest, sums, staged_at) in (0, 5)
    and (state = 'matched') = (matched_at is not null)
  )
);

create index daily_file_due on daily_file (next_at) where state <> 'matched';

-- Can be read again at any time, so they need no log: after a crash they are empty, and their count says so.
create unlogged table staged_trade (
  payment_id text not null,
  owner_id text not null,
  day date not null,
  attempt integer not null,
  order_number text not null,
  transaction_id text not null,
  -- Of a refund's row; '' of a payment's.
  refund_number text not null,
  wechat_refund_id text not null,
  amount_fen bigint not null,
  settled_fen bigint not null,
  -- In 1/1000 fen: WeChat writes five decimals of a yuan.
  fee_mills bigint not null,
  trade_at timestamptz not null
);

create unlogged table staged_posting (
  payment_id text not null,
  owner_id text not null,
  day date not null,
  attempt integer not null,
  item_no integer not null,
  posting_id text not null,
  posting_number text not null,
  amount_fen bigint not null,
  posted_at timestamptz not null
);

-- Keyed by the payment that it is about; of an order that is not ours, by the head of its number.
create table difference (
  payment_id text not null,
  difference_id text not null,
  owner_id text not null,
  source file_source not null,
  day date not null,
  reason difference_reason not null,
  action safe_action not null,
  state difference_state not null,
  -- What the sides say, by name: amounts in fen, numbers, states, moments.
  facts jsonb not null,
  found_at timestamptz not null,
  next_at timestamptz,
  attempts integer not null default 0,
  outcome text,
  finished_at timestamptz,
  primary key (payment_id, difference_id),
  constraint difference_facts_match check (
    (state = 'open') = (next_at is not null) and (state = 'open') = (finished_at is null)
  )
);

create index difference_open on difference (next_at) where state = 'open';
create index difference_for_person on difference (found_at) where state = 'person';

-- Neither is touched when a payment settles.
create index payment_by_start on payment (created_at);
create index payment_item_by_posting on payment_item (biller_id, posted_at) where posted_at is not null;
create index refund_by_sending on refund (sent_at) where sent_at is not null;

-- What a whole day moves in a payee's wallet beside payments: WeChat's fee, and its payout to the bank.
create table wallet_movement (
  payee_id text not null,
  day date not null,
  kind text not null,
  debit ledger_account not null,
  credit ledger_account not null,
  amount_fen positive_fen not null,
  -- What rounding to a fen left over, in 1/1000 fen.
  remainder_mills integer not null default 0,
  at timestamptz not null,
  primary key (payee_id, day, kind)
);

create function want_file(p_owner_id text, p_source text, p_day date, p_now timestamptz)
returns void language plpgsql as $$
begin
  insert into daily_file (owner_id, source, day, next_at) values (p_owner_id, p_source, p_day, p_now)
    on conflict (owner_id, source, day) do nothing;
end $$;

-- The number of this try, or null: another runner has it, or it is matched.
create function claim_file(p_owner_id text, p_source text, p_day date, p_now timestamptz, p_locked_until timestamptz)
returns integer language plpgsql as $$
declare
  v_attempts integer;
begin
  update daily_file set attempts = attempts + 1, locked_until = p_locked_until
    where owner_id = p_owner_id and source = p_source and day = p_day and state <> 'matched'
      and next_at <= p_now and (locked_until is null or locked_until <= p_now)
    returning attempts into v_attempts;
  return v_attempts;
end $$;

-- Refused whole: nothing of this try counts, and it is asked for again.
create function refuse_file(p_owner_id text, p_source text, p_day date, p_attempt integer, p_refusal text,
  p_next_at timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update daily_file set refusal = p_refusal, next_at = p_next_at, locked_until = null, state = 'wanted',
      staged_attempt = null, row_count = null, digest = null, sums = null, staged_at = null
    where owner_id = p_owner_id and source = p_source and day = p_day and attempts = p_attempt
      and state <> 'matched';
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;

-- This try read the file to its end and found it whole. A runner that was overtaken is told false.
create function stage_file(p_owner_id text, p_source text, p_day date, p_attempt integer, p_rows bigint,
  p_digest text, p_sums jsonb, p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update daily_file set state = 'staged', staged_attempt = p_attempt, row_count = p_rows, digest = p_digest, sums = p_sums,
      staged_at = p_now, refusal = null
    where owner_id = p_owner_id and source = p_source and day = p_day and attempts = p_attempt
      and state = 'wanted';
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;

create function finish_file(p_owner_id text, p_source text, p_day date, p_attempt integer, p_differences integer,
  p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update daily_file set state = 'matched', differences = p_differences, matched_at = p_now, locked_until = null
    where owner_id = p_owner_id and source = p_source and day = p_day and attempts = p_attempt
      and state = 'staged';
  get diagnostics v_updated = row_count;
  if v_updated = 1 then
    insert into audit (subject_id, audit_id, at, actor, act)
      values (p_owner_id, 'match:' || p_source || ':' || p_day, p_now, 'jobs', 'match-day')
      on conflict (subject_id, audit_id) do nothing;
  end if;
  return v_updated = 1;
end $$;

-- Written once, however often a day is matched. A payment that one side counts to the day before and
-- the other to the day after is found twice, once from each side: the second finding ends both.
-- noted | before | paired
create function note_difference(p_payment_id text, p_difference jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_id constant text := p_difference ->> 'difference_id';
  v_day constant date := (p_difference ->> 'day')::date;
  v_reason constant text := p_difference ->> 'reason';
  v_action constant text := p_difference ->> 'action';
  v_inserted integer;
  v_paired text;
begin
  if v_reason = 'day-cut' then
    update difference set state = 'done', outcome = 'counted to the other day', finished_at = p_now, next_at = null
      where payment_id = p_payment_id and reason = 'day-cut' and state = 'open'
        and source = p_difference ->> 'source' and abs(day - v_day) = 1
        and facts ->> 'about' = p_difference -> 'facts' ->> 'about'
        and facts ->> 'side' <> p_difference -> 'facts' ->> 'side'
      returning difference_id into v_paired;
  end if;
  insert into difference (payment_id, difference_id, owner_id, source, day, reason, action, state, facts,
      found_at, next_at, outcome, finished_at)
    values (p_payment_id, v_id, p_difference ->> 'owner_id', p_difference ->> 'source', v_day, v_reason, v_action,
      case when v_paired is not null then 'done' when v_action = 'person' then 'person' else 'open' end,
      p_difference -> 'facts', p_now,
      case when v_paired is null and v_action <> 'person' then p_now end,
      case when v_paired is not null then 'counted to the other day' end,
      case when v_paired is not null or v_action = 'person' then p_now end)
    on conflict (payment_id, difference_id) do nothing;
  get diagnostics v_inserted = row_count;
  if v_inserted = 0 then return 'before'; end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'difference:' || v_id, p_now, 'jobs', 'note-difference', v_reason)
    on conflict (subject_id, audit_id) do nothing;
  return case when v_paired is null then 'noted' else 'paired' end;
end $$;

-- How the safe action went: done or a person's with its outcome, or put off until p_next_at.
create function tell_difference(p_payment_id text, p_difference_id text, p_state text, p_outcome text,
  p_next_at timestamptz, p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update difference set state = p_state, outcome = p_outcome, next_at = p_next_at, attempts = attempts + 1,
      finished_at = case when p_state = 'open' then null else p_now end
    where payment_id = p_payment_id and difference_id = p_difference_id and state = 'open';
  get diagnostics v_updated = row_count;
  if v_updated = 1 and p_state <> 'open' then
    insert into audit (subject_id, audit_id, at, actor, act, reason)
      values (p_payment_id, 'difference-' || p_state || ':' || p_difference_id, p_now, 'jobs', 'tell-difference', p_outcome)
      on conflict (subject_id, audit_id) do nothing;
  end if;
  return v_updated = 1;
end $$;

-- A person looked at it and says how it ended. told | not-listed
create function close_difference(p_payment_id text, p_difference_id text, p_actor text, p_outcome text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_updated integer;
begin
  update difference set state = 'done', outcome = p_outcome, finished_at = p_now, next_at = null
    where payment_id = p_payment_id and difference_id = p_difference_id and state = 'person';
  get diagnostics v_updated = row_count;
  if v_updated = 0 then return 'not-listed'; end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'difference-closed:' || p_difference_id, p_now, p_actor, 'close-difference', p_outcome)
    on conflict (subject_id, audit_id) do nothing;
  return 'told';
end $$;

-- A day's fee or payout, once: +fee −wallet, +bank −wallet; a fee given back the other way. recorded | before
create function record_wallet_movement(p_payee_id text, p_day date, p_kind text, p_debit text, p_credit text,
  p_amount_fen bigint, p_remainder_mills integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_inserted integer;
begin
  insert into wallet_movement (payee_id, day, kind, debit, credit, amount_fen, remainder_mills, at)
    values (p_payee_id, p_day, p_kind, p_debit, p_credit, p_amount_fen, p_remainder_mills, p_now)
    on conflict (payee_id, day, kind) do nothing;
  get diagnostics v_inserted = row_count;
  if v_inserted = 0 then return 'before'; end if;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payee_id, 'wallet:' || p_kind || ':' || p_day, p_now, 'wechat', 'record-wallet-movement')
    on conflict (subject_id, audit_id) do nothing;
  return 'recorded';
end $$;

-- Refunds of a payee's day against its trade file: only what differs. A day is [p_from, p_to). WeChat lists a
-- refund on the day on which it was begun.
create function refund_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz)
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' as $$
  with seen as materialized (
    select t.payment_id, t.order_number, t.transaction_id, t.refund_number, t.wechat_refund_id, t.amount_fen,
      t.settled_fen, t.trade_at
    from staged_trade t
    where t.owner_id = p_owner_id and t.day = p_day and t.attempt = p_attempt and t.refund_number <> ''
  ), own as materialized (
    select r.payment_id, o.order_number, r.refund_no, r.refund_number, r.amount_fen, r.state, r.sent_at
    from refund r
      join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      join payment_order o on o.payment_id = r.payment_id and o.order_no = i.order_no
    where o.payee_id = p_owner_id and r.sent_at >= p_from and r.sent_at < p_to
  )
  select coalesce(t.payment_id, o.payment_id), coalesce(t.order_number, o.order_number),
    case when o.payment_id is null then 'wallet' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then to_jsonb(t) end,
    case when o.payment_id is not null then to_jsonb(o) end
  from seen t full join own o on o.payment_id = t.payment_id and o.refund_number = t.refund_number
  where t.payment_id is null or o.payment_id is null or t.amount_fen <> o.amount_fen
$$;

-- Postings of a biller's day against its file.
create function posting_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz)
returns table (payment_id text, item_no integer, side text, biller jsonb, ours jsonb)
language sql stable set work_mem = '64MB' as $$
  select coalesce(t.payment_id, o.payment_id), coalesce(t.item_no, o.item_no),
    case when o.payment_id is null then 'biller' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then to_jsonb(t) end,
    case when o.payment_id is not null then to_jsonb(o) end
  from (
    select s.payment_id, s.item_no, s.posting_id, s.posting_number, s.amount_fen, s.posted_at
    from staged_posting s
    where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt
  ) t full join (
    select i.payment_id, i.item_no, i.posting_number, i.amount_fen, i.posted_at
    from payment_item i
    where i.biller_id = p_owner_id and i.posted_at >= p_from and i.posted_at < p_to
  ) o on o.payment_id = t.payment_id and o.item_no = t.item_no
  where t.payment_id is null or o.payment_id is null
    or t.amount_fen <> o.amount_fen or t.posting_number <> o.posting_number
  union all
  select min(s.payment_id), min(s.item_no), 'twice', to_jsonb(min(s.posting_number)), to_jsonb(count(*))
  from staged_posting s
  where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt
  group by s.posting_id having count(*) > 1
$$;

-- A hosted biller's day is read from here: what was credited, to whom, and how much.
alter table hosted_posting add column biller_id text, add column amount_fen bigint;
create index hosted_posting_by_day on hosted_posting (biller_id, posted_at);

create function record_hosted_posting(p_posting_id text, p_biller_id text, p_account_id text, p_bill_id text,
  p_amount_fen bigint, p_posting_number text, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_posting record;
begin
  insert into hosted_posting (posting_id, biller_id, account_id, bill_id, amount_fen, posting_number, posted_at)
    values (p_posting_id, p_biller_id, p_account_id, p_bill_id, p_amount_fen, p_posting_number, p_now)
    on conflict (posting_id) do nothing;
  select posting_number, posted_at into v_posting from hosted_posting where posting_id = p_posting_id;
  return jsonb_build_object('posting_number', v_posting.posting_number, 'posted_at', v_posting.posted_at);
end $$;
