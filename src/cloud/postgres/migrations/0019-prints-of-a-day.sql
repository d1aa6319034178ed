-- The daily match reads less. Orders and items of all owners lie side by side, and each owner's match read
-- the whole table: what it needs is in the indexes now. Of an item none of it ever changes; of an order it
-- is there once, when it is paid.
drop index payment_item_by_posting;
create index payment_item_by_posting on payment_item (biller_id, posted_at)
  include (payment_id, item_no, posting_number, amount_fen) where posted_at is not null;
drop index payment_order_by_payee;
create index payment_order_by_payee on payment_order (payee_id, paid_at)
  include (payment_id, order_number, transaction_id, amount_fen, payer_fen) where paid_at is not null;

-- A hosted biller's day is read in pieces in this order.
drop index hosted_posting_by_day;
create index hosted_posting_by_day on hosted_posting (biller_id, posted_at, posting_id);

-- A file is held against the prints of our rows while it is read: only lines that have no counterpart among
-- them are staged, and their moments stay milliseconds until somebody reads one. A file that is staged at this
-- moment is read again.
truncate staged_trade, staged_posting;
alter table staged_trade drop column trade_at, add column trade_ms bigint not null,
  -- The line that has this one's counterpart stood before it in the file.
  add column is_again boolean not null;
alter table staged_posting drop column posted_at, add column posted_ms bigint not null,
  add column is_again boolean not null;

-- How many lines were staged, and the prints of our rows that no line was the counterpart of.
alter table daily_file drop constraint daily_file_facts_match, add column left_rows bigint, add column unmet text[];
update daily_file set state = 'wanted', staged_attempt = null, row_count = null, digest = null, sums = null,
  staged_at = null where state = 'staged';
update daily_file set left_rows = 0, unmet = '{}' where state = 'matched';
alter table daily_file add constraint daily_file_facts_match check (
  (state = 'wanted') = (staged_attempt is null)
  and num_nulls(staged_attempt, row_count, digest, sums, staged_at, left_rows, unmet) in (0, 7)
  and (state = 'matched') = (matched_at is not null)
);

-- The same print where a line and a row of ours say the same of the same thing.
create function order_print(p_order_number text, p_transaction_id text, p_amount_fen bigint)
returns text language sql immutable as $$
  select left(md5(p_order_number || '|' || p_transaction_id || '|' || p_amount_fen::text), 16)
$$;

create function item_print(p_payment_id text, p_item_no integer, p_posting_number text, p_amount_fen bigint)
returns text language sql immutable as $$
  select left(md5(p_payment_id || '-' || p_item_no::text || '|' || p_posting_number || '|' || p_amount_fen::text), 16)
$$;

-- Of a payee's day, of a biller's day: all prints, one behind the other. The matches are in no hurry, and
-- leave the server's other processors to the residents.
create function order_prints(p_owner_id text, p_from timestamptz, p_to timestamptz)
returns text language sql stable set max_parallel_workers_per_gather = 0 as $$
  select coalesce(string_agg(order_print(p.order_number, p.transaction_id, p.amount_fen), ''), '')
  from payment_order p
  where p.payee_id = p_owner_id and p.paid_at >= p_from and p.paid_at < p_to
$$;

create function item_prints(p_owner_id text, p_from timestamptz, p_to timestamptz)
returns text language sql stable set max_parallel_workers_per_gather = 0 as $$
  select coalesce(string_agg(item_print(i.payment_id, i.item_no, i.posting_number, i.amount_fen), ''), '')
  from payment_item i
  where i.biller_id = p_owner_id and i.posted_at >= p_from and i.posted_at < p_to
$$;

create or replace function refuse_file(p_owner_id text, p_source text, p_day date, p_attempt integer, p_refusal text,
  p_next_at timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update daily_file set refusal = p_refusal, next_at = p_next_at, locked_until = null, state = 'wanted',
      staged_attempt = null, row_count = null, digest = null, sums = null, staged_at = null,
      left_rows = null, unmet = null
    where owner_id = p_owner_id and source = p_source and day = p_day and attempts = p_attempt
      and state <> 'matched';
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;

-- This try read the file to its end and found it whole; p_now is when our prints were taken. A runner that was
-- overtaken is told false.
drop function stage_file;
create function stage_file(p_owner_id text, p_source text, p_day date, p_attempt integer, p_rows bigint,
  p_digest text, p_sums jsonb, p_left_rows bigint, p_unmet text[], p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update daily_file set state = 'staged', staged_attempt = p_attempt, row_count = p_rows, digest = p_digest, sums = p_sums,
      left_rows = p_left_rows, unmet = p_unmet, staged_at = p_now, refusal = null
    where owner_id = p_owner_id and source = p_source and day = p_day and attempts = p_attempt
      and state = 'wanted';
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;

create or replace function finish_file(p_owner_id text, p_source text, p_day date, p_attempt integer, p_differences integer,
  p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update daily_file set state = 'matched', differences = p_differences, matched_at = p_now, locked_until = null, unmet = '{}'
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

-- What a staged line says, for the facts of a difference.
create function line_facts(p_line jsonb, p_milliseconds text, p_moment text)
returns jsonb language sql stable as $$
  select p_line - p_milliseconds - 'is_again'
    || jsonb_build_object(p_moment, to_timestamp((p_line ->> p_milliseconds)::bigint / 1000.0))
$$;

-- What is left of a trade file against our orders without a counterpart, and those that the lines left are about.
drop function trade_differences;
create function trade_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_fee_per_million integer, p_unmet text[])
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  with seen as materialized (
    select s.payment_id, s.order_number, s.transaction_id, s.amount_fen, s.settled_fen, s.fee_mills, s.trade_ms,
      s.is_again
    from staged_trade s
    where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt and s.refund_number = ''
  ), own as (
    select p.payment_id, p.order_number, p.transaction_id, p.amount_fen, p.payer_fen, p.paid_at
    from payment_order p
    where p_unmet <> '{}' and p.payee_id = p_owner_id and p.paid_at >= p_from and p.paid_at < p_to
      and order_print(p.order_number, p.transaction_id, p.amount_fen) = any (p_unmet)
    union
    select p.payment_id, p.order_number, p.transaction_id, p.amount_fen, p.payer_fen, p.paid_at
    from (select distinct s.payment_id, s.order_number from seen s) s
      join payment_order p on p.payment_id = s.payment_id and p.order_number = s.order_number
    where p.payee_id = p_owner_id and p.paid_at >= p_from and p.paid_at < p_to
  )
  select coalesce(t.payment_id, o.payment_id), coalesce(t.order_number, o.order_number),
    case when o.payment_id is null then 'wallet' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then line_facts(to_jsonb(t), 'trade_ms', 'trade_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from seen t full join own o on o.payment_id = t.payment_id and o.order_number = t.order_number
  where t.payment_id is null or o.payment_id is null
    or t.amount_fen <> o.amount_fen or t.transaction_id <> o.transaction_id
    or t.settled_fen not between o.payer_fen and o.amount_fen
    or abs(t.fee_mills * 1000 - t.settled_fen * p_fee_per_million) > 500000
  union all
  select min(s.payment_id), s.order_number, 'twice', to_jsonb(min(s.transaction_id)),
    to_jsonb(count(*) + bool_or(s.is_again)::int)
  from seen s
  group by s.order_number having count(*) + bool_or(s.is_again)::int > 1
$$;

create or replace function refund_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz)
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  with seen as materialized (
    select t.payment_id, t.order_number, t.transaction_id, t.refund_number, t.wechat_refund_id, t.amount_fen,
      t.settled_fen, t.trade_ms
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
    case when t.payment_id is not null then line_facts(to_jsonb(t), 'trade_ms', 'trade_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from seen t full join own o on o.payment_id = t.payment_id and o.refund_number = t.refund_number
  where t.payment_id is null or o.payment_id is null or t.amount_fen <> o.amount_fen
$$;

drop function posting_differences;
create function posting_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_unmet text[])
returns table (payment_id text, item_no integer, side text, biller jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  with seen as materialized (
    select s.payment_id, s.item_no, s.posting_id, s.posting_number, s.amount_fen, s.posted_ms, s.is_again
    from staged_posting s
    where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt
  ), own as (
    select i.payment_id, i.item_no, i.posting_number, i.amount_fen, i.posted_at
    from payment_item i
    where p_unmet <> '{}' and i.biller_id = p_owner_id and i.posted_at >= p_from and i.posted_at < p_to
      and item_print(i.payment_id, i.item_no, i.posting_number, i.amount_fen) = any (p_unmet)
    union
    select i.payment_id, i.item_no, i.posting_number, i.amount_fen, i.posted_at
    from (select distinct s.payment_id, s.item_no from seen s) s
      join payment_item i on i.payment_id = s.payment_id and i.item_no = s.item_no
    where i.biller_id = p_owner_id and i.posted_at >= p_from and i.posted_at < p_to
  )
  select coalesce(t.payment_id, o.payment_id), coalesce(t.item_no, o.item_no),
    case when o.payment_id is null then 'biller' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then line_facts(to_jsonb(t), 'posted_ms', 'posted_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from seen t full join own o on o.payment_id = t.payment_id and o.item_no = t.item_no
  where t.payment_id is null or o.payment_id is null
    or t.amount_fen <> o.amount_fen or t.posting_number <> o.posting_number
  union all
  select min(s.payment_id), min(s.item_no), 'twice', to_jsonb(min(s.posting_number)),
    to_jsonb(count(*) + bool_or(s.is_again)::int)
  from seen s
  group by s.posting_id having count(*) + bool_or(s.is_again)::int > 1
$$;
