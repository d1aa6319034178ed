-- The one function that touches both groups: it checks everything, then writes. Refusals are
-- returned as {"refused": reason, ...}, never raised. p_items is ordered by account and bill, so
-- that two payments lock in the same order.

create function start_payment(p_payment_id text, p_payment jsonb, p_orders jsonb, p_items jsonb, p_now timestamptz)
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
begin
  select digest into v_digest from payment where payment_id = p_payment_id;
  if found then
    if v_digest = p_payment ->> 'digest' then return '{"started": "before"}'; end if;
    return '{"refused": "different-contents"}';
  end if;

  for v_item in select value from jsonb_array_elements(p_items) loop
    v_account_id := v_item ->> 'account_id';
    v_bill_id := v_item ->> 'bill_id';
    select status, revision, principal_fen, lock_payment_id into v_bill
      from bill where account_id = v_account_id and bill_id = v_bill_id for update;
    if not found then
      return jsonb_build_object('refused', 'not-found', 'account_id', v_account_id, 'bill_id', v_bill_id);
    end if;
    if v_bill.lock_payment_id is not null then
      select state, openid, expires_at into v_holder from payment where payment_id = v_bill.lock_payment_id;
      if v_holder.state = 'paid' then
        -- A rejected posting comes back as a new revision, and only then is the bill due again.
        if v_bill.status <> 'due' or not exists (
          select from payment_item where payment_id = v_bill.lock_payment_id and account_id = v_account_id
            and bill_id = v_bill_id and revision < v_bill.revision and state = 'rejected'
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
        month, due_on, principal_fen, late_fee_fen, receipt_number)
      values (p_payment_id, (v_item ->> 'item_no')::integer, (v_item ->> 'order_no')::integer,
        v_item ->> 'biller_id', v_account_id, v_item ->> 'account_tail', v_bill_id, (v_item ->> 'revision')::integer,
        v_item ->> 'month', (v_item ->> 'due_on')::date, (v_item ->> 'principal_fen')::bigint,
        (v_item ->> 'late_fee_fen')::bigint, v_item ->> 'receipt_number');
  end loop;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'start', p_now, p_payment ->> 'openid', 'start-payment');
  return '{"started": "now"}';
end $$;
