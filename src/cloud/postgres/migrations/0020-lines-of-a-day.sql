-- Money that came after the close cannot be taken back: what it was for may have been paid by others meanwhile,
-- and it goes to its biller at once. As before otherwise.
create or replace function record_paid(p_payment_id text, p_fact jsonb, p_notice_id text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_parts constant jsonb := p_fact -> 'parts';
  v_payment record;
  v_orders payment_order[];
  v_order payment_order;
  v_item record;
  v_part jsonb;
  v_paid_at timestamptz;
  v_coupon_left bigint;
  v_coupon bigint;
begin
  select state, order_number, merchant_id, openid into v_payment
    from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown-order'; end if;
  if v_payment.order_number is distinct from p_fact ->> 'order_number'
    or v_payment.merchant_id is distinct from p_fact ->> 'merchant_id' then return 'other-payee'; end if;
  select array_agg(o) into v_orders from payment_order o where payment_id = p_payment_id;
  if cardinality(v_orders) <> jsonb_array_length(jsonb_path_query_array(v_parts, '$.keyvalue()')) then return 'other-payee'; end if;
  foreach v_order in array v_orders loop
    if v_order.payee_id is distinct from v_parts -> v_order.order_number ->> 'payee_id' then return 'other-payee'; end if;
  end loop;
  if v_payment.openid is distinct from p_fact ->> 'openid' then return 'other-payer'; end if;
  foreach v_order in array v_orders loop
    v_part := v_parts -> v_order.order_number;
    if v_order.amount_fen is distinct from (v_part ->> 'amount_fen')::bigint then return 'other-amount'; end if;
    if (v_order.amount_fen >= (v_part ->> 'payer_fen')::bigint) is not true then return 'other-amount'; end if;
    if v_order.transaction_id <> v_part ->> 'transaction_id' then return 'other-transaction'; end if;
    v_paid_at := greatest(v_paid_at, (v_part ->> 'paid_at')::timestamptz);
  end loop;
  if v_payment.state = 'paid' then return 'before'; end if;

  update payment set state = 'paid', paid_at = v_paid_at, settled_at = p_now, notice_id = p_notice_id,
      next_ask_at = null
    where payment_id = p_payment_id;
  if v_payment.state = 'closed' then
    update payment_item set undo_ended_at = p_now where payment_id = p_payment_id and undo_minutes > 0;
  end if;
  foreach v_order in array v_orders loop
    v_part := v_parts -> v_order.order_number;
    update payment_order set transaction_id = v_part ->> 'transaction_id',
        payer_fen = (v_part ->> 'payer_fen')::bigint, paid_at = (v_part ->> 'paid_at')::timestamptz
      where payment_id = p_payment_id and order_no = v_order.order_no;
    v_coupon_left := v_order.amount_fen - (v_part ->> 'payer_fen')::bigint;
    for v_item in select item_no, biller_id, amount_fen,
          case when v_payment.state = 'closed' then 0 else undo_minutes end as minutes from payment_item
        where payment_id = p_payment_id and order_no = v_order.order_no order by item_no loop
      v_coupon := least(v_coupon_left, v_item.amount_fen);
      v_coupon_left := v_coupon_left - v_coupon;
      if v_item.amount_fen > v_coupon then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_item.item_no, 'settle', v_item.biller_id, 'wallet', 'unposted',
            v_item.amount_fen - v_coupon, p_now);
      end if;
      if v_coupon > 0 then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_item.item_no, 'settle-coupon', v_item.biller_id, 'promotion', 'unposted',
            v_coupon, p_now);
      end if;
      insert into outbox_task (payment_id, kind, item_no, next_at)
        values (p_payment_id, 'post', v_item.item_no, p_now + v_item.minutes * interval '1 minute');
    end loop;
  end loop;
  insert into audit (subject_id, audit_id, at, actor, act) values (p_payment_id, 'settle', p_now, 'wechat', 'record-paid');
  return 'settled';
end $$;

-- A file that is staged at this moment is read again: what its try left is told otherwise from now on.
update daily_file set state = 'wanted', staged_attempt = null, row_count = null, digest = null, sums = null,
  staged_at = null, left_rows = null, unmet = null where state = 'staged';

-- The day of a payee, of a biller, as lines: what a file says that agrees with our books, letter for letter, an
-- hour in each row. The matches are in no hurry, and leave the server's other processors to the residents.
create function order_lines(p_owner_id text, p_from timestamptz, p_to timestamptz)
returns setof text language sql stable set max_parallel_workers_per_gather = 0 as $$
  select l.lines
  from generate_series(p_from, p_to - interval '1 hour', interval '1 hour') hour
    cross join lateral (
      select string_agg(p.order_number || E'\t' || p.transaction_id || E'\t' || p.amount_fen::text || E'\n', '') as lines
      from payment_order p
      where p.payee_id = p_owner_id and p.paid_at >= hour and p.paid_at < hour + interval '1 hour'
    ) l
  where l.lines is not null
$$;

create function refund_lines(p_owner_id text, p_from timestamptz, p_to timestamptz)
returns setof text language sql stable set max_parallel_workers_per_gather = 0 as $$
  select string_agg(r.refund_number || E'\t' || o.order_number || E'\t' || r.amount_fen::text || E'\n', '')
  from refund r
    join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
    join payment_order o on o.payment_id = r.payment_id and o.order_no = i.order_no
  where o.payee_id = p_owner_id and r.sent_at >= p_from and r.sent_at < p_to
  having count(*) > 0
$$;

create function item_lines(p_owner_id text, p_from timestamptz, p_to timestamptz)
returns setof text language sql stable set max_parallel_workers_per_gather = 0 as $$
  select l.lines
  from generate_series(p_from, p_to - interval '1 hour', interval '1 hour') hour
    cross join lateral (
      select string_agg(i.payment_id || '-' || i.item_no::text || E'\t' || i.posting_number || E'\t'
        || i.amount_fen::text || E'\n', '') as lines
      from payment_item i
      where i.biller_id = p_owner_id and i.posted_at >= hour and i.posted_at < hour + interval '1 hour'
    ) l
  where l.lines is not null
$$;

-- As before, and: what no line of the file met comes as our own lines. Each row of ours is looked up by its key
-- (offset 0 keeps it so): the planner knows nothing of what was staged a moment ago.
create or replace function trade_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_fee_per_million integer, p_unmet text[])
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  with seen as materialized (
    select s.payment_id, s.order_number, s.transaction_id, s.amount_fen, s.settled_fen, s.fee_mills, s.trade_ms,
      s.is_again
    from staged_trade s
    where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt and s.refund_number = ''
  ), about as (
    select left(line, 26) as payment_id, split_part(line, E'\t', 1) as order_number from unnest(p_unmet) line
    union
    select s.payment_id, s.order_number from seen s
  ), own as (
    select p.payment_id, p.order_number, p.transaction_id, p.amount_fen, p.payer_fen, p.paid_at
    from about a
      cross join lateral (
        select * from payment_order o where o.payment_id = a.payment_id and o.order_number = a.order_number offset 0
      ) p
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

drop function refund_differences;
create function refund_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_unmet text[])
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  with seen as materialized (
    select t.payment_id, t.order_number, t.transaction_id, t.refund_number, t.wechat_refund_id, t.amount_fen,
      t.settled_fen, t.trade_ms
    from staged_trade t
    where t.owner_id = p_owner_id and t.day = p_day and t.attempt = p_attempt and t.refund_number <> ''
  ), about as (
    select left(split_part(line, E'\t', 2), 26) as payment_id, split_part(line, E'\t', 1) as refund_number
    from unnest(p_unmet) line
    union
    select s.payment_id, s.refund_number from seen s
  ), own as (
    select r.payment_id, o.order_number, r.refund_no, r.refund_number, r.amount_fen, r.state, r.sent_at
    from about a
      cross join lateral (
        select * from refund f where f.payment_id = a.payment_id and f.refund_number = a.refund_number offset 0
      ) r
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

create or replace function posting_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_unmet text[])
returns table (payment_id text, item_no integer, side text, biller jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  with seen as materialized (
    select s.payment_id, s.item_no, s.posting_id, s.posting_number, s.amount_fen, s.posted_ms, s.is_again
    from staged_posting s
    where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt
  ), about as (
    select left(line, 26) as payment_id, substr(split_part(line, E'\t', 1), 28)::integer as item_no
    from unnest(p_unmet) line
    union
    select s.payment_id, s.item_no from seen s
  ), own as (
    select i.payment_id, i.item_no, i.posting_number, i.amount_fen, i.posted_at
    from about a
      cross join lateral (
        select * from payment_item p where p.payment_id = a.payment_id and p.item_no = a.item_no offset 0
      ) i
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

drop function order_prints;
drop function item_prints;
drop function order_print;
drop function item_print;
