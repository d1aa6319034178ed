-- Of an item that was given back whole before its biller heard of it nothing is left to post: its bill is owed as
-- before, and whoever lives there can pay it.
create function is_given_back(item payment_item) returns boolean language sql immutable as $$
  select item.state is not distinct from 'unposted' and item.refunded_fen = item.amount_fen
$$;

-- A bill that such an item had credited is due again, as its biller still says.
create function free_bill(p_payment_id text, p_item_no integer, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item record;
  v_freed integer;
begin
  select account_id, bill_id, revision into v_item
    from payment_item i where payment_id = p_payment_id and item_no = p_item_no and is_given_back(i);
  if not found then return; end if;
  -- Whoever is crediting it at this moment comes first.
  perform from bill where account_id = v_item.account_id and bill_id = v_item.bill_id for update;
  update bill set status = 'due', credited_payment_id = null, credited_item_no = null, credited_at = null
    where account_id = v_item.account_id and bill_id = v_item.bill_id and credited_payment_id = p_payment_id;
  get diagnostics v_freed = row_count;
  if v_freed = 0 then return; end if;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (v_item.account_id, 'free:' || v_item.bill_id || ':' || v_item.revision || ':' || p_payment_id, p_now,
      p_payment_id, 'free-bill');
end $$;

-- As before, and: what was given back before its posting frees its bill.
create or replace function finish_refund(p_payment_id text, p_refund_no integer, p_fact jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state constant text := p_fact ->> 'state';
  v_payer_fen constant bigint := (p_fact ->> 'payer_fen')::bigint;
  v_refund record;
  v_biller_id text;
begin
  select item_no, refund_number, amount_fen, state, takes_from into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found or v_refund.state in ('requested', 'declined') or v_refund.refund_number is distinct from p_fact ->> 'refund_number' then
    return 'unknown-refund';
  end if;
  if v_refund.amount_fen is distinct from (p_fact ->> 'amount_fen')::bigint
    or (v_payer_fen <= v_refund.amount_fen) is not true then return 'other-amount'; end if;
  if v_refund.state in ('done', 'closed') or v_refund.state = v_state then return 'before'; end if;
  if v_refund.state = 'approved' and mark_refund_sent(p_payment_id, p_refund_no, p_fact ->> 'wechat_refund_id', p_now)
    <> 'sent' then return 'unknown-refund'; end if;
  select biller_id into v_biller_id
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no;
  update refund set state = v_state, payer_fen = v_payer_fen, arrived_in = p_fact ->> 'arrived_in',
      finished_at = (p_fact ->> 'at')::timestamptz
    where payment_id = p_payment_id and refund_no = p_refund_no;
  if v_state = 'done' then
    update payment_item set refunded_fen = refunded_fen + v_refund.amount_fen
      where payment_id = p_payment_id and item_no = v_refund.item_no;
    perform free_bill(p_payment_id, v_refund.item_no, p_now);
    if v_payer_fen > 0 then
      insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
        values (p_payment_id, v_refund.item_no, 'refund-done:' || p_refund_no, v_biller_id, 'refunding', 'wallet',
          v_payer_fen, p_now);
    end if;
    if v_refund.amount_fen > v_payer_fen then
      insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
        values (p_payment_id, v_refund.item_no, 'refund-coupon:' || p_refund_no, v_biller_id, 'refunding', 'promotion',
          v_refund.amount_fen - v_payer_fen, p_now);
    end if;
    perform finish_task(p_payment_id, 'refund', p_refund_no, p_now);
  elsif v_state = 'closed' then
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, v_refund.item_no, 'refund-closed:' || p_refund_no, v_biller_id, 'refunding',
        v_refund.takes_from, v_refund.amount_fen, p_now);
    perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'refund-closed', p_now);
  else
    perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'refund-abnormal', p_now);
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund-' || v_state || ':' || p_refund_no, p_now, 'wechat', 'finish-refund', v_state);
  return 'recorded';
end $$;

-- As before, and: what was given back before its posting credits nothing any more; the bill may be credited again by
-- another payment, which has a row of its own.
create or replace function credit_bill(p_account_id text, p_bill_id text, p_payment_id text, p_item_no integer,
  p_revision integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_bill record;
begin
  select status, revision, credited_payment_id, credited_item_no into v_bill
    from bill where account_id = p_account_id and bill_id = p_bill_id for update;
  if not found then return 'not-due'; end if;
  perform from payment_item i where payment_id = p_payment_id and item_no = p_item_no and is_given_back(i);
  if found then return 'not-due'; end if;
  if v_bill.credited_payment_id is not null then
    if v_bill.credited_payment_id = p_payment_id and v_bill.credited_item_no = p_item_no then return 'already'; end if;
    return 'duplicate';
  end if;
  if v_bill.status <> 'due' or v_bill.revision <> p_revision then return 'not-due'; end if;
  update bill set status = 'paid', credited_payment_id = p_payment_id, credited_item_no = p_item_no,
      credited_at = p_now, lock_payment_id = p_payment_id
    where account_id = p_account_id and bill_id = p_bill_id;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_account_id, 'credit:' || p_bill_id || ':' || p_revision || ':' || p_payment_id, p_now, p_payment_id,
      'credit-bill');
  return 'credited';
end $$;

-- As before, and: a bill whose money was given back before its posting can be paid again.
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
        -- What was taken back, or given back before its posting, is due again at once; a posting that was rejected, or
        -- reversed whole, comes back as a new revision.
        if v_bill.status <> 'due' or not exists (
          select from payment_item i where payment_id = v_bill.lock_payment_id and account_id = v_account_id
            and bill_id = v_bill_id
            and (state = 'undone' or is_given_back(i) or (revision < v_bill.revision and (state = 'rejected' or reversed_fen = amount_fen)))
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
    insert into payment_order (payment_id, order_no, order_number, payee_id, amount_fen, created_at)
      values (p_payment_id, (v_order ->> 'order_no')::integer, v_order ->> 'order_number',
        v_order ->> 'payee_id', (v_order ->> 'amount_fen')::bigint, p_now);
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
