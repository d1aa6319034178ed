-- What was said twice is said once.

-- The reference to the item holds the payment, too.
alter table refund drop constraint refund_payment_id_fkey;

-- Puts a claimed task off. One that is another's by now stays as it is.
drop function postpone_task(text, text, integer, integer, timestamptz);
create function postpone_task(p_payment_id text, p_kind text, p_item_no integer, p_attempts integer, p_next_at timestamptz)
returns void language plpgsql as $$
begin
  update outbox_task set next_at = p_next_at, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and attempts = p_attempts and done_at is null;
end $$;

-- As before; who works on a payment's wishes holds the payment, so that their order is nobody's matter.
create or replace function take_in_refund(p_payment_id text, p_fact jsonb, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_amount constant bigint := (p_fact ->> 'amount_fen')::bigint;
  v_number constant text := p_fact ->> 'refund_number';
  v_order_number constant text := p_fact ->> 'order_number';
  v_created constant timestamptz := (p_fact ->> 'created_at')::timestamptz;
  v_state text;
  v_states text[];
  v_first record;
  v_part record;
  v_refund_no integer;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return '{"answer": "unknown-payment"}'; end if;
  select min(refund_no) as refund_no, bool_or(takes_from = 'posted') as is_credited into v_first
    from refund where payment_id = p_payment_id and refund_number = v_number;
  if v_first.refund_no is not null then
    return jsonb_build_object('answer', 'before', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
  end if;
  if v_state <> 'paid' then return '{"answer": "not-paid"}'; end if;
  perform from refund r where payment_id = p_payment_id and is_only_wished(r) for update;
  perform from payment_item where payment_id = p_payment_id order by item_no for update;
  select array_agg(i.state::text) into v_states from parts_of_refund(p_payment_id, v_order_number, v_amount) p
    join payment_item i on i.payment_id = p_payment_id and i.item_no = p.item_no;
  if v_states is null then return '{"answer": "too-much"}'; end if;
  if 'posting' = any (v_states) then return '{"answer": "posting-unknown"}'; end if;

  for v_part in select p.part_no, p.item_no, p.takes_from, p.fen, i.biller_id
      from parts_of_refund(p_payment_id, v_order_number, v_amount) p
        join payment_item i on i.payment_id = p_payment_id and i.item_no = p.item_no
      order by p.part_no loop
    v_refund_no := next_refund_no(p_payment_id);
    insert into refund (payment_id, refund_no, item_no, refund_number, part_no, amount_fen, state, reason, rule,
        requested_by, requested_at, approved_by, approved_at, wechat_refund_id, sent_at, takes_from)
      values (p_payment_id, v_refund_no, v_part.item_no, v_number, v_part.part_no, v_part.fen, 'sent',
        'merchant-platform', 'merchant-platform', 'merchant-platform', v_created, 'merchant-platform', v_created,
        p_fact ->> 'wechat_refund_id', v_created, v_part.takes_from)
      on conflict do nothing;
    if not found then
      select min(refund_no) as refund_no, bool_or(takes_from = 'posted') as is_credited into v_first
        from refund where payment_id = p_payment_id and refund_number = v_number;
      return jsonb_build_object('answer', 'before', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
    end if;
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, v_part.item_no, 'refund:' || v_refund_no, v_part.biller_id, v_part.takes_from, 'refunding',
        v_part.fen, p_now);
    insert into audit (subject_id, audit_id, at, actor, act, reason)
      values (p_payment_id, 'refund:' || v_refund_no, p_now, 'wechat', 'take-in-refund', 'merchant-platform');
    perform make_way(p_payment_id, v_part.item_no, p_now);
    perform end_posting_task(p_payment_id, v_part.item_no, p_now);
    if v_part.takes_from = 'posted' then
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'reverse', v_refund_no, p_now);
      perform hand_to_person(p_payment_id, 'reverse', v_refund_no, 'given-back-by-hand', p_now);
    end if;
    if v_part.part_no = 1 then
      v_first.refund_no := v_refund_no;
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
    end if;
    v_first.is_credited := coalesce(v_first.is_credited, false) or v_part.takes_from = 'posted';
  end loop;
  -- Two ways of giving back may mean the same money: what is approved and not sent waits for a person.
  perform hand_to_person(p_payment_id, 'refund', r.refund_no, 'given-back-by-hand', p_now)
    from refund r join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
    where r.payment_id = p_payment_id and r.state = 'approved' and o.order_number = v_order_number;
  return jsonb_build_object('answer', 'taken', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
end $$;

-- As before; the parts come in the order in which they are locked.
create or replace function finish_refund(p_payment_id text, p_refund_no integer, p_fact jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state constant text := p_fact ->> 'state';
  v_payer_fen constant bigint := (p_fact ->> 'payer_fen')::bigint;
  v_parts refund[];
  v_part refund;
  v_first refund;
  v_amount bigint := 0;
  v_payer_left bigint := v_payer_fen;
  v_payer bigint;
  v_biller_id text;
begin
  select array_agg(r) into v_parts from (
    select * from refund where payment_id = p_payment_id and refund_number = p_fact ->> 'refund_number' order by part_no for update
  ) r;
  if v_parts is null then return 'unknown-refund'; end if;
  v_first := v_parts[1];
  if v_first.refund_no <> p_refund_no or v_first.state in ('requested', 'declined') then return 'unknown-refund'; end if;
  foreach v_part in array v_parts loop v_amount := v_amount + v_part.amount_fen; end loop;
  if v_amount is distinct from (p_fact ->> 'amount_fen')::bigint
    or (v_payer_fen <= v_amount) is not true then return 'other-amount'; end if;
  if v_first.state in ('done', 'closed') or v_first.state = v_state then return 'before'; end if;
  if v_first.state = 'approved' and mark_refund_sent(p_payment_id, p_refund_no, p_fact ->> 'wechat_refund_id', p_now)
    <> 'sent' then return 'unknown-refund'; end if;

  foreach v_part in array v_parts loop
    v_payer := least(v_part.amount_fen, v_payer_left);
    v_payer_left := v_payer_left - v_payer;
    select biller_id into v_biller_id
      from payment_item where payment_id = p_payment_id and item_no = v_part.item_no;
    update refund set state = v_state, payer_fen = v_payer, arrived_in = p_fact ->> 'arrived_in',
        finished_at = (p_fact ->> 'at')::timestamptz
      where payment_id = p_payment_id and refund_no = v_part.refund_no;
    if v_state = 'done' then
      update payment_item set refunded_fen = refunded_fen + v_part.amount_fen
        where payment_id = p_payment_id and item_no = v_part.item_no;
      perform free_bill(p_payment_id, v_part.item_no, p_now);
      if v_payer > 0 then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_part.item_no, 'refund-done:' || v_part.refund_no, v_biller_id, 'refunding', 'wallet',
            v_payer, p_now);
      end if;
      if v_part.amount_fen > v_payer then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_part.item_no, 'refund-coupon:' || v_part.refund_no, v_biller_id, 'refunding', 'promotion',
            v_part.amount_fen - v_payer, p_now);
      end if;
    elsif v_state = 'closed' then
      insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
        values (p_payment_id, v_part.item_no, 'refund-closed:' || v_part.refund_no, v_biller_id, 'refunding',
          v_part.takes_from, v_part.amount_fen, p_now);
      -- The biller's credit stands as before, unless it was asked already: then its answer is waited for.
      if v_part.takes_from = 'posted' then
        update outbox_task set done_at = p_now
          where payment_id = p_payment_id and kind = 'reverse' and item_no = v_part.refund_no and attempts = 0 and done_at is null;
      end if;
    end if;
    if v_state = 'done' then
      perform finish_task(p_payment_id, 'refund', v_part.refund_no, p_now);
    else
      -- Each of its items is a person's.
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_part.refund_no, p_now)
        on conflict (payment_id, kind, item_no) do nothing;
      perform hand_over_as(p_payment_id, 'refund', v_part.refund_no, 'refund-' || v_state, p_now);
    end if;
    insert into audit (subject_id, audit_id, at, actor, act, reason)
      values (p_payment_id, 'refund-' || v_state || ':' || v_part.refund_no, p_now, 'wechat', 'finish-refund', v_state);
  end loop;
  return 'recorded';
end $$;

-- As before; what of a refund is read never changes.
create or replace function settle_with_biller(p_payment_id text, p_refund_no integer, p_actor text, p_number text, p_for text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
begin
  perform from payment where payment_id = p_payment_id for update;
  select item_no, takes_from into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no;
  if not found then return 'not-listed'; end if;
  if desk_openid(p_actor, p_payment_id, v_refund.item_no, '{clerk,supervisor}') is null then return 'not-staff'; end if;
  perform from audit where subject_id = p_payment_id and audit_id = 'settled-with-biller:' || p_refund_no and reason = p_for;
  if found then return 'before'; end if;
  -- On the list, or tried again in vain; not while a runner is at it.
  perform from outbox_task where payment_id = p_payment_id and kind = 'reverse' and item_no = p_refund_no
    and done_at is null and (locked_until is null or locked_until <= p_now) for update;
  if not found or v_refund.takes_from <> 'posted' then return 'not-listed'; end if;
  if p_number is not null then
    perform finish_reversal(p_payment_id, p_refund_no, p_number, p_now, null, p_now);
  else
    perform finish_task(p_payment_id, 'reverse', p_refund_no, p_now);
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'settled-with-biller:' || p_refund_no, p_now, p_actor, 'settle-with-biller', p_for);
  return 'settled';
end $$;

-- As before; the parts of a refund begin and end together.
create or replace function refund_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
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
    select r.payment_id, o.order_number, min(r.refund_no) as refund_no, r.refund_number,
      sum(r.amount_fen)::bigint as amount_fen, r.state, r.sent_at
    from about a
      cross join lateral (
        select * from refund f where f.payment_id = a.payment_id and f.refund_number = a.refund_number offset 0
      ) r
      join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      join payment_order o on o.payment_id = r.payment_id and o.order_no = i.order_no
    where o.payee_id = p_owner_id and r.sent_at >= p_from and r.sent_at < p_to
    group by r.payment_id, o.order_number, r.refund_number, r.state, r.sent_at
  )
  select coalesce(t.payment_id, o.payment_id), coalesce(t.order_number, o.order_number),
    case when o.payment_id is null then 'wallet' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then line_facts(to_jsonb(t), 'trade_ms', 'trade_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from seen t full join own o on o.payment_id = t.payment_id and o.refund_number = t.refund_number
  where t.payment_id is null or o.payment_id is null or t.amount_fen <> o.amount_fen
$$;
