-- Settling writes less. What it does to an item is a movement and a posting task; that the biller was
-- not told yet is true of an item from its start, and counts once its payment is paid. The facts of a
-- payment are held together by a function, since a check written out is read anew at every update.

alter table payment_item drop constraint item_facts_match_state;
update payment_item set state = 'unposted' where state is null;
alter table payment_item alter column state set default 'unposted', alter column state set not null;
alter table payment_item add constraint item_facts_match_state check (
  refunded_fen <= amount_fen
  and num_nulls(credit, receipt_code, receipt_key_id) in (0, 3)
  and (printed_at is null) = (printed_by is null)
  and (state = 'posted') = (posting_number is not null)
  and (state = 'posted') = (posted_at is not null)
  and (state = 'rejected') = (rejection is not null)
  and (state = 'rejected') = (rejected_at is not null)
);

create function payment_facts_match(p_state text, p_paid_at timestamptz, p_settled_at timestamptz,
  p_closed_at timestamptz, p_next_ask_at timestamptz)
returns boolean immutable language plpgsql as $$
begin
  return case p_state
    when 'paid' then num_nulls(p_paid_at, p_settled_at) = 0
    when 'closed' then num_nonnulls(p_paid_at, p_settled_at) = 0 and p_closed_at is not null
    else num_nonnulls(p_paid_at, p_settled_at) = 0 and p_next_ask_at is not null
  end;
end $$;
alter table payment drop constraint payment_facts_match_state;
alter table payment add constraint payment_facts_match_state
  check (payment_facts_match(state, paid_at, settled_at, closed_at, next_ask_at));

-- p_fact: {order_number, merchant_id, openid, parts: {order_number: {payee_id, transaction_id,
-- amount_fen, payer_fen, paid_at}}}, a part per order. Nothing is written unless all of it is ours.
-- settled | before | unknown-order | other-payee | other-payer | other-amount | other-transaction
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
  foreach v_order in array v_orders loop
    v_part := v_parts -> v_order.order_number;
    update payment_order set transaction_id = v_part ->> 'transaction_id',
        payer_fen = (v_part ->> 'payer_fen')::bigint, paid_at = (v_part ->> 'paid_at')::timestamptz
      where payment_id = p_payment_id and order_no = v_order.order_no;
    v_coupon_left := v_order.amount_fen - (v_part ->> 'payer_fen')::bigint;
    for v_item in select item_no, biller_id, amount_fen from payment_item
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
        values (p_payment_id, 'post', v_item.item_no, p_now);
    end loop;
  end loop;
  insert into audit (subject_id, audit_id, at, actor, act) values (p_payment_id, 'settle', p_now, 'wechat', 'record-paid');
  return 'settled';
end $$;

-- As before, and: nothing is posted that was not paid.
create or replace function begin_posting(p_payment_id text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state text;
begin
  select state into v_state from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_state <> 'unposted' then return v_state; end if;
  if not exists (select from payment where payment_id = p_payment_id and state = 'paid') then return 'not-paid'; end if;
  if exists (
    select from refund where payment_id = p_payment_id and item_no = p_item_no and state <> 'closed'
  ) then return 'refunding'; end if;
  update payment_item set state = 'posting' where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'posting:' || p_item_no, p_now, 'jobs', 'begin-posting');
  return 'begun';
end $$;
