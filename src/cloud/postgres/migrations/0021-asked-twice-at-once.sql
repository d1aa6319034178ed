-- Who waited for a payment's row while another asked for the same refund may not see that one yet, where
-- transactions are serializable: its row must not be a fault (on conflict makes it one that is repeated, and then
-- found). As before otherwise.
create or replace function request_refund(p_payment_id text, p_refund jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund_no constant integer := (p_refund ->> 'refund_no')::integer;
  v_item_no constant integer := (p_refund ->> 'item_no')::integer;
  v_amount constant bigint := (p_refund ->> 'amount_fen')::bigint;
  v_rule constant text := p_refund ->> 'rule';
  v_actor constant text := p_refund ->> 'actor';
  v_payment record;
  v_item record;
  v_other record;
  v_count integer := 0;
  v_given bigint := 0;
begin
  select state, paid_at into v_payment from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown-payment'; end if;
  if v_payment.state <> 'paid' then return 'not-paid'; end if;
  select item_no, order_no, state, credit, amount_fen into v_item
    from payment_item where payment_id = p_payment_id and item_no = v_item_no for update;
  if not found then return 'unknown-payment'; end if;
  for v_other in select r.refund_no, r.item_no, r.amount_fen, r.state, i.order_no
      from refund r join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      where r.payment_id = p_payment_id loop
    if v_other.refund_no = v_refund_no then return 'before'; end if;
    if v_other.order_no = v_item.order_no and v_other.state <> 'declined' then v_count := v_count + 1; end if;
    if v_other.item_no = v_item_no and v_other.state not in ('closed', 'declined') then
      v_given := v_given + v_other.amount_fen;
    end if;
  end loop;
  if v_item.state is null then return 'not-paid'; end if;
  if v_item.state = 'posting' then return 'posting-unknown'; end if;
  if v_item.state = 'posted' and v_rule is not null then return 'needs-reversal'; end if;
  if v_payment.paid_at < p_now - interval '1 year' then return 'too-late'; end if;
  if v_count >= 50 then return 'too-many'; end if;
  if v_given + v_amount > v_item.amount_fen then return 'too-much'; end if;
  if v_item.state <> 'posted' and coalesce(v_item.credit, 'none') not in ('duplicate', 'not-due')
    and v_given + v_amount < v_item.amount_fen then return 'whole-only'; end if;

  insert into refund (payment_id, refund_no, item_no, refund_number, amount_fen, state, reason, rule,
      requested_by, requested_at, approved_by, approved_at, needs_reversal)
    values (p_payment_id, v_refund_no, v_item_no, p_payment_id || 'R' || lpad(v_refund_no::text, 3, '0'), v_amount,
      case when v_rule is null then 'requested' else 'approved' end, p_refund ->> 'reason', v_rule,
      v_actor, p_now, v_rule, case when v_rule is null then null else p_now end, v_item.state = 'posted')
    on conflict do nothing;
  if not found then return 'before'; end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund:' || v_refund_no, p_now, v_actor, 'request-refund', p_refund ->> 'reason');
  -- What is given back is not posted any more.
  perform finish_task(p_payment_id, 'post', v_item_no, p_now);
  if v_rule is null then return 'requested'; end if;
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
  return 'approved';
end $$;

create or replace function take_in_refund(p_payment_id text, p_fact jsonb, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_amount constant bigint := (p_fact ->> 'amount_fen')::bigint;
  v_number constant text := p_fact ->> 'refund_number';
  v_created constant timestamptz := (p_fact ->> 'created_at')::timestamptz;
  v_state text;
  v_refund record;
  v_item record;
  v_refund_no integer;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return '{"answer": "unknown-payment"}'; end if;
  select refund_no, takes_from into v_refund from refund where payment_id = p_payment_id and refund_number = v_number;
  if found then
    return jsonb_build_object('answer', 'before', 'refund_no', v_refund.refund_no,
      'is_credited', v_refund.takes_from = 'posted');
  end if;
  if v_state <> 'paid' then return '{"answer": "not-paid"}'; end if;
  select i.item_no, i.biller_id, i.state, i.amount_fen into v_item
    from payment_item i join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
    where i.payment_id = p_payment_id and o.order_number = p_fact ->> 'order_number'
      and i.amount_fen >= v_amount + (select coalesce(sum(r.amount_fen), 0) from refund r
        where r.payment_id = i.payment_id and r.item_no = i.item_no and r.state not in ('closed', 'declined'))
    order by i.amount_fen <> v_amount, i.state = 'posted', i.item_no limit 1 for update of i;
  if not found then return '{"answer": "too-much"}'; end if;
  if v_item.state = 'posting' then return '{"answer": "posting-unknown"}'; end if;
  v_refund_no := next_refund_no(p_payment_id);
  insert into refund (payment_id, refund_no, item_no, refund_number, amount_fen, state, reason, rule,
      requested_by, requested_at, approved_by, approved_at, wechat_refund_id, sent_at, takes_from)
    values (p_payment_id, v_refund_no, v_item.item_no, v_number, v_amount, 'sent', 'merchant-platform',
      'merchant-platform', 'merchant-platform', v_created, 'merchant-platform', v_created,
      p_fact ->> 'wechat_refund_id', v_created, case when v_item.state = 'posted' then 'posted' else 'unposted' end)
    on conflict do nothing;
  if not found then
    select refund_no, takes_from into v_refund from refund where payment_id = p_payment_id and refund_number = v_number;
    return jsonb_build_object('answer', 'before', 'refund_no', v_refund.refund_no,
      'is_credited', v_refund.takes_from = 'posted');
  end if;
  insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
    values (p_payment_id, v_item.item_no, 'refund:' || v_refund_no, v_item.biller_id,
      case when v_item.state = 'posted' then 'posted' else 'unposted' end, 'refunding', v_amount, p_now);
  -- What is given back is not posted any more; of what nobody can post in part a person decides on the rest.
  if v_item.state = 'unposted' and v_amount < v_item.amount_fen then
    perform hand_to_person(p_payment_id, 'post', v_item.item_no, 'part-given-back', p_now);
  else
    perform finish_task(p_payment_id, 'post', v_item.item_no, p_now);
  end if;
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund:' || v_refund_no, p_now, 'wechat', 'take-in-refund', 'merchant-platform');
  return jsonb_build_object('answer', 'taken', 'refund_no', v_refund_no, 'is_credited', v_item.state = 'posted');
end $$;
