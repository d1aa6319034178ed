-- A first payment for an account can be taken back for some minutes, where its biller lets it: until
-- then its posting waits, and its bill is held by the payment without being credited. One row decides
-- between taking back and posting: whichever writes the item first wins. What was taken back goes back
-- by the rule undo, and its bill is due again as it was.

alter domain item_state drop constraint item_state_check;
alter domain item_state add constraint item_state_check
  check (value in ('unposted', 'posting', 'posted', 'rejected', 'undone'));
alter domain refund_rule drop constraint refund_rule_check;
alter domain refund_rule add constraint refund_rule_check
  check (value in ('duplicate', 'rejected-posting', 'undo'));

-- undo_minutes: how long its posting waits after settling; 0 where it cannot be taken back.
-- undo_ended_at: it goes to its biller, and cannot be taken back any more.
-- A plain number, not a domain: a column of a domain would have the whole table written anew.
alter table payment_item
  add column undo_minutes smallint not null default 0,
  add column undo_ended_at timestamptz,
  add column undone_at timestamptz;
alter table payment_item drop constraint item_facts_match_state;
alter table payment_item add constraint item_facts_match_state check (
  refunded_fen <= amount_fen
  and num_nulls(receipt_code, receipt_key_id) in (0, 2)
  and (credit is null or receipt_code is not null)
  and (credit is null or undo_minutes = 0 or undo_ended_at is not null)
  and (printed_at is null) = (printed_by is null)
  and (state = 'posted') = (posting_number is not null)
  and (state = 'posted') = (posted_at is not null)
  and (state = 'rejected') = (rejection is not null)
  and (state = 'rejected') = (rejected_at is not null)
  and (state = 'undone') = (undone_at is not null)
  and num_nonnulls(undone_at, undo_ended_at) < 2
);

-- As before, and: an item carries from the start how long it can be taken back, and a bill that was
-- taken back is due again.
create or replace function start_payment(p_payment_id text, p_payment jsonb, p_orders jsonb, p_items jsonb, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_digest text;
  v_item jsonb;
  v_order jsonb;
  v_account_id text;
  v_bill_id text;
  v_bill record;
  v_holder record;
  v_inserted integer;
  v_locked text[] := '{}';
  v_items_fen bigint := 0;
  v_left_fen bigint;
begin
  select digest into v_digest from payment where payment_id = p_payment_id;
  if found then
    if v_digest = p_payment ->> 'digest' then return '{"started": "before"}'; end if;
    return '{"refused": "different-contents"}';
  end if;

  for v_item in select value from jsonb_array_elements(p_items) loop
    v_account_id := v_item ->> 'account_id';
    v_bill_id := v_item ->> 'bill_id';
    if v_account_id || '/' || v_bill_id = any (v_locked) then return '{"refused": "same-bill-twice"}'; end if;
    v_locked := v_locked || (v_account_id || '/' || v_bill_id);
    v_items_fen := v_items_fen + (v_item ->> 'principal_fen')::bigint + (v_item ->> 'late_fee_fen')::bigint;
    select status, revision, principal_fen, lock_payment_id into v_bill
      from bill where account_id = v_account_id and bill_id = v_bill_id for update;
    if not found then
      return jsonb_build_object('refused', 'not-found', 'account_id', v_account_id, 'bill_id', v_bill_id);
    end if;
    if v_bill.lock_payment_id is not null then
      select state, openid, expires_at into v_holder from payment where payment_id = v_bill.lock_payment_id;
      if v_holder.state = 'paid' then
        -- What was taken back is due again at once; a rejected posting comes back as a new revision.
        if v_bill.status <> 'due' or not exists (
          select from payment_item where payment_id = v_bill.lock_payment_id and account_id = v_account_id
            and bill_id = v_bill_id
            and (state = 'undone' or (state = 'rejected' and revision < v_bill.revision))
        ) then
          return jsonb_build_object('refused', 'already-paid', 'account_id', v_account_id, 'bill_id', v_bill_id);
        end if;
      elsif v_holder.state in ('created', 'awaiting') then
        return jsonb_build_object('refused', 'being-paid', 'account_id', v_account_id, 'bill_id', v_bill_id,
          'holder', v_bill.lock_payment_id);
      end if;
    end if;
    if v_bill.status <> 'due' then
      return jsonb_build_object('refused', 'already-paid', 'account_id', v_account_id, 'bill_id', v_bill_id);
    end if;
    if v_bill.revision <> (v_item ->> 'revision')::integer
      or v_bill.principal_fen <> (v_item ->> 'principal_fen')::bigint then
      return jsonb_build_object('refused', 'amount-changed', 'account_id', v_account_id, 'bill_id', v_bill_id);
    end if;
  end loop;
  for v_order in select value from jsonb_array_elements(p_orders) loop
    v_left_fen := (v_order ->> 'amount_fen')::bigint;
    for v_item in select value from jsonb_array_elements(p_items) loop
      if v_item ->> 'order_no' = v_order ->> 'order_no' then
        v_left_fen := v_left_fen - (v_item ->> 'principal_fen')::bigint - (v_item ->> 'late_fee_fen')::bigint;
      end if;
    end loop;
    if v_left_fen <> 0 then return '{"refused": "sums-differ"}'; end if;
  end loop;
  if v_items_fen <> (p_payment ->> 'amount_fen')::bigint then return '{"refused": "sums-differ"}'; end if;

  insert into payment (payment_id, openid, phone_payment_id, digest, state, mode, kind, merchant_id,
      order_number, amount_fen, quoted_at, expires_at, created_at, next_ask_at)
    values (p_payment_id, p_payment ->> 'openid', p_payment ->> 'phone_payment_id', p_payment ->> 'digest',
      'created', p_payment ->> 'mode', p_payment ->> 'kind', p_payment ->> 'merchant_id',
      p_payment ->> 'order_number', (p_payment ->> 'amount_fen')::bigint, p_now,
      (p_payment ->> 'expires_at')::timestamptz, p_now, (p_payment ->> 'next_ask_at')::timestamptz)
    on conflict (payment_id) do nothing;
  get diagnostics v_inserted = row_count;
  if v_inserted = 0 then
    select digest into v_digest from payment where payment_id = p_payment_id;
    if v_digest = p_payment ->> 'digest' then return '{"started": "before"}'; end if;
    return '{"refused": "different-contents"}';
  end if;

  for v_order in select value from jsonb_array_elements(p_orders) loop
    insert into payment_order (payment_id, order_no, order_number, payee_id, amount_fen)
      values (p_payment_id, (v_order ->> 'order_no')::integer, v_order ->> 'order_number',
        v_order ->> 'payee_id', (v_order ->> 'amount_fen')::bigint);
  end loop;
  for v_item in select value from jsonb_array_elements(p_items) loop
    v_account_id := v_item ->> 'account_id';
    v_bill_id := v_item ->> 'bill_id';
    update bill set lock_payment_id = p_payment_id where account_id = v_account_id and bill_id = v_bill_id;
    insert into payment_item (payment_id, item_no, order_no, biller_id, account_id, account_tail, bill_id, revision,
        month, due_on, principal_fen, late_fee_fen, receipt_number, undo_minutes)
      values (p_payment_id, (v_item ->> 'item_no')::integer, (v_item ->> 'order_no')::integer,
        v_item ->> 'biller_id', v_account_id, v_item ->> 'account_tail', v_bill_id, (v_item ->> 'revision')::integer,
        v_item ->> 'month', (v_item ->> 'due_on')::date, (v_item ->> 'principal_fen')::bigint,
        (v_item ->> 'late_fee_fen')::bigint, v_item ->> 'receipt_number',
        coalesce((v_item ->> 'undo_minutes')::smallint, 0));
  end loop;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'start', p_now, p_payment ->> 'openid', 'start-payment');
  return '{"started": "now"}';
end $$;

-- As before, and: what can be taken back is posted when that time is over.
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
    for v_item in select item_no, biller_id, amount_fen, undo_minutes from payment_item
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
        values (p_payment_id, 'post', v_item.item_no, p_now + v_item.undo_minutes * interval '1 minute');
    end loop;
  end loop;
  insert into audit (subject_id, audit_id, at, actor, act) values (p_payment_id, 'settle', p_now, 'wechat', 'record-paid');
  return 'settled';
end $$;

-- Its receipt, before its bill is credited: money that can still be taken back has its proof, too.
create function sign_receipt(p_payment_id text, p_item_no integer, p_code text, p_key_id text)
returns void language plpgsql as $$
begin
  update payment_item set receipt_code = p_code, receipt_key_id = p_key_id
    where payment_id = p_payment_id and item_no = p_item_no and receipt_code is null;
end $$;

-- How the credit went, and with it the signed receipt, unless it has one; once.
create or replace function note_credit(p_payment_id text, p_item_no integer, p_credit text, p_code text, p_key_id text)
returns void language plpgsql as $$
begin
  update payment_item set credit = p_credit, receipt_code = coalesce(receipt_code, p_code),
      receipt_key_id = coalesce(receipt_key_id, p_key_id)
    where payment_id = p_payment_id and item_no = p_item_no and credit is null;
end $$;

-- Before the bill of an item that could be taken back is credited: from here on it cannot be, however
-- long the caller sleeps before it goes on. ended | undone | unknown
create function end_undo(p_payment_id text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_item record;
begin
  select state, undo_ended_at into v_item
    from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_item.state = 'undone' then return 'undone'; end if;
  if v_item.undo_ended_at is null then
    update payment_item set undo_ended_at = p_now where payment_id = p_payment_id and item_no = p_item_no;
  end if;
  return 'ended';
end $$;

-- Takes a paid item back and asks for its money in the same call: {"undone_at": when}, also when it was
-- taken back before, or {"refused": not-found | not-paid | not-undoable | too-late | being-refunded}.
create function undo_item(p_payment_id text, p_item_no integer, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_payment record;
  v_item record;
  v_asked text;
begin
  select state, openid, settled_at into v_payment from payment where payment_id = p_payment_id for update;
  if not found then return '{"refused": "not-found"}'; end if;
  select state, amount_fen, undo_minutes, undo_ended_at, undone_at into v_item
    from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return '{"refused": "not-found"}'; end if;
  if v_payment.state <> 'paid' then return '{"refused": "not-paid"}'; end if;
  if v_item.state = 'undone' then return jsonb_build_object('undone_at', v_item.undone_at); end if;
  if v_item.undo_minutes = 0 then return '{"refused": "not-undoable"}'; end if;
  if v_item.state <> 'unposted' or v_item.undo_ended_at is not null
    or p_now >= v_payment.settled_at + v_item.undo_minutes * interval '1 minute' then
    return '{"refused": "too-late"}';
  end if;
  v_asked := request_refund(p_payment_id, jsonb_build_object('refund_no', p_item_no, 'item_no', p_item_no,
    'amount_fen', v_item.amount_fen, 'reason', 'undo', 'rule', 'undo', 'actor', v_payment.openid), p_now);
  if v_asked <> 'approved' then return '{"refused": "being-refunded"}'; end if;
  update payment_item set state = 'undone', undone_at = p_now
    where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'undo:' || p_item_no, p_now, v_payment.openid, 'undo-item');
  return jsonb_build_object('undone_at', p_now);
end $$;
