-- Recording what WeChat proved. Each function touches the payment's own shard; its first argument
-- is the distribution key. Answers are words, never exceptions.

create function mark_awaiting(p_payment_id text, p_prepay_id text)
returns text language plpgsql as $$
declare
  v_state text;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown'; end if;
  if v_state not in ('created', 'awaiting') then return v_state; end if;
  update payment set state = 'awaiting', prepay_id = p_prepay_id where payment_id = p_payment_id;
  return 'awaiting';
end $$;

-- Takes the next question to WeChat, so that of several askers one asks.
create function claim_ask(p_payment_id text, p_asks integer, p_next_ask_at timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update payment set asks = asks + 1, next_ask_at = p_next_ask_at
    where payment_id = p_payment_id and asks = p_asks and state in ('created', 'awaiting');
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;

create function close_payment(p_payment_id text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state text;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown'; end if;
  if v_state in ('paid', 'closed') then return v_state; end if;
  update payment set state = 'closed', closed_at = p_now, next_ask_at = null where payment_id = p_payment_id;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'close', p_now, 'wechat', 'close-payment');
  return 'closed';
end $$;

-- p_fact: {order_number, merchant_id, openid?, parts: {order_number: {payee_id, transaction_id,
-- amount_fen, payer_fen, paid_at}}}, a part per order. Nothing is written unless all of it is ours.
-- settled | before | unknown-order | other-payee | other-payer | other-amount | other-transaction
create function record_paid(p_payment_id text, p_fact jsonb, p_notice_id text, p_now timestamptz)
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
  if v_payment.openid <> p_fact ->> 'openid' then return 'other-payer'; end if;
  foreach v_order in array v_orders loop
    v_part := v_parts -> v_order.order_number;
    if v_order.amount_fen is distinct from (v_part ->> 'amount_fen')::bigint then return 'other-amount'; end if;
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
      update payment_item set state = 'unposted' where payment_id = p_payment_id and item_no = v_item.item_no;
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

-- Marks one bill as paid by one item. credited | already | duplicate | not-due
create function credit_bill(p_account_id text, p_bill_id text, p_payment_id text, p_item_no integer,
  p_revision integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_bill record;
begin
  select status, revision, credited_payment_id, credited_item_no into v_bill
    from bill where account_id = p_account_id and bill_id = p_bill_id for update;
  if not found then return 'not-due'; end if;
  if v_bill.credited_payment_id is not null then
    if v_bill.credited_payment_id = p_payment_id and v_bill.credited_item_no = p_item_no then return 'already'; end if;
    return 'duplicate';
  end if;
  if v_bill.status <> 'due' or v_bill.revision <> p_revision then return 'not-due'; end if;
  update bill set status = 'paid', credited_payment_id = p_payment_id, credited_item_no = p_item_no,
      credited_at = p_now, lock_payment_id = p_payment_id
    where account_id = p_account_id and bill_id = p_bill_id;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_account_id, 'credit:' || p_bill_id || ':' || p_revision, p_now, p_payment_id, 'credit-bill');
  return 'credited';
end $$;
