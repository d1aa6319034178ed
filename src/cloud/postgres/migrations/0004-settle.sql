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

-- p_parts: {order_number: {transaction_id, amount_fen, payer_fen, paid_at}}, one per order.
-- p_receipts: {item_no: {receipt_number, code, key_id}}, one per item, sealed before the call.
-- settled | before | unknown | different-amount | different-transaction
create function record_paid(p_payment_id text, p_parts jsonb, p_receipts jsonb, p_notice_id text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state text;
  v_order record;
  v_item record;
  v_part jsonb;
  v_receipt jsonb;
  v_paid_at timestamptz;
  v_orders integer := 0;
  v_parts integer;
  v_coupon_left bigint;
  v_coupon bigint;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown'; end if;

  for v_order in select order_number, amount_fen, transaction_id from payment_order
      where payment_id = p_payment_id loop
    v_orders := v_orders + 1;
    v_part := p_parts -> v_order.order_number;
    if v_part is null or (v_part ->> 'amount_fen')::bigint <> v_order.amount_fen then return 'different-amount'; end if;
    if v_order.transaction_id is not null and v_order.transaction_id <> v_part ->> 'transaction_id' then
      return 'different-transaction';
    end if;
    v_paid_at := greatest(v_paid_at, (v_part ->> 'paid_at')::timestamptz);
  end loop;
  select count(*) into v_parts from jsonb_object_keys(p_parts);
  if v_orders <> v_parts then return 'different-amount'; end if;

  if p_notice_id is not null then
    insert into notice_seen (payment_id, notice_id, received_at) values (p_payment_id, p_notice_id, p_now)
      on conflict (payment_id, notice_id) do nothing;
  end if;
  if v_state = 'paid' then return 'before'; end if;

  update payment set state = 'paid', paid_at = v_paid_at, settled_at = p_now, next_ask_at = null
    where payment_id = p_payment_id;
  for v_order in select order_no, order_number, amount_fen from payment_order
      where payment_id = p_payment_id order by order_no loop
    v_part := p_parts -> v_order.order_number;
    update payment_order set transaction_id = v_part ->> 'transaction_id',
        payer_fen = (v_part ->> 'payer_fen')::bigint, paid_at = (v_part ->> 'paid_at')::timestamptz
      where payment_id = p_payment_id and order_no = v_order.order_no;
    v_coupon_left := v_order.amount_fen - (v_part ->> 'payer_fen')::bigint;
    for v_item in select item_no, biller_id, amount_fen from payment_item
        where payment_id = p_payment_id and order_no = v_order.order_no order by item_no loop
      v_receipt := p_receipts -> v_item.item_no::text;
      update payment_item set state = 'unposted', receipt_number = v_receipt ->> 'receipt_number'
        where payment_id = p_payment_id and item_no = v_item.item_no;
      insert into receipt (payment_id, item_no, receipt_number, code, key_id, issued_at)
        values (p_payment_id, v_item.item_no, v_receipt ->> 'receipt_number',
          v_receipt ->> 'code', v_receipt ->> 'key_id', p_now);
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
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'report-delivery', 0, p_now);
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
