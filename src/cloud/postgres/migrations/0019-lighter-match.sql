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

-- Staged rows come by the million and are almost all forgotten unseen: their moments stay milliseconds
-- until somebody reads one. A file that is staged at this moment is read again.
truncate staged_trade, staged_posting;
alter table staged_trade drop column trade_at, add column trade_ms bigint not null;
alter table staged_posting drop column posted_at, add column posted_ms bigint not null;

create function with_moment(p_row jsonb, p_milliseconds text, p_moment text)
returns jsonb language sql stable as $$
  select p_row - p_milliseconds
    || jsonb_build_object(p_moment, to_timestamp((p_row ->> p_milliseconds)::bigint / 1000.0))
$$;

-- The matches are in no hurry, and leave the server's other processors to the residents.
create or replace function trade_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_fee_per_million integer)
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  select coalesce(t.payment_id, o.payment_id), coalesce(t.order_number, o.order_number),
    case when o.payment_id is null then 'wallet' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then with_moment(to_jsonb(t), 'trade_ms', 'trade_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from (
    select s.payment_id, s.order_number, s.transaction_id, s.amount_fen, s.settled_fen, s.fee_mills, s.trade_ms
    from staged_trade s
    where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt and s.refund_number = ''
  ) t full join (
    select p.payment_id, p.order_number, p.transaction_id, p.amount_fen, p.payer_fen, p.paid_at
    from payment_order p
    where p.payee_id = p_owner_id and p.paid_at >= p_from and p.paid_at < p_to
  ) o on o.payment_id = t.payment_id and o.order_number = t.order_number
  where t.payment_id is null or o.payment_id is null
    or t.amount_fen <> o.amount_fen or t.transaction_id <> o.transaction_id
    or t.settled_fen not between o.payer_fen and o.amount_fen
    or abs(t.fee_mills * 1000 - t.settled_fen * p_fee_per_million) > 500000
  union all
  select min(s.payment_id), s.order_number, 'twice', to_jsonb(min(s.transaction_id)), to_jsonb(count(*))
  from staged_trade s
  where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt and s.refund_number = ''
  group by s.order_number having count(*) > 1
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
    case when t.payment_id is not null then with_moment(to_jsonb(t), 'trade_ms', 'trade_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from seen t full join own o on o.payment_id = t.payment_id and o.refund_number = t.refund_number
  where t.payment_id is null or o.payment_id is null or t.amount_fen <> o.amount_fen
$$;

create or replace function posting_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz)
returns table (payment_id text, item_no integer, side text, biller jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  select coalesce(t.payment_id, o.payment_id), coalesce(t.item_no, o.item_no),
    case when o.payment_id is null then 'biller' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then with_moment(to_jsonb(t), 'posted_ms', 'posted_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from (
    select s.payment_id, s.item_no, s.posting_id, s.posting_number, s.amount_fen, s.posted_ms
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
