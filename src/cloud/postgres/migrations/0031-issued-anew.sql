-- As before, and: a bill that its biller issues anew, after it took back what a payment had credited, is credited by
-- none, which the audit knows. The caller sees to it that no other bill of a payment is written.
-- imported | changed
create or replace function import_bills(p_biller_id text, p_accounts jsonb, p_bills jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_account jsonb;
  v_new jsonb;
  v_account_id text;
  v_bill_id text;
  v_bill record;
  v_anew jsonb := '[]';
begin
  for v_new in select value from jsonb_array_elements(p_bills) loop
    v_account_id := v_new ->> 'account_id';
    v_bill_id := v_new ->> 'bill_id';
    select revision, status, lock_payment_id, credited_payment_id into v_bill
      from bill where account_id = v_account_id and bill_id = v_bill_id for update;
    if v_bill.revision is distinct from (v_new ->> 'seen_revision')::integer
      or v_bill.status::text is distinct from v_new ->> 'seen_status'
      or v_bill.lock_payment_id is distinct from v_new ->> 'seen_lock' then return 'changed'; end if;
    if v_bill.credited_payment_id is not null then
      v_anew := v_anew || jsonb_build_object('account_id', v_account_id,
        'audit_id', 'issue-anew:' || v_bill_id || ':' || (v_new ->> 'revision') || ':' || v_bill.credited_payment_id);
    end if;
  end loop;

  for v_account in select value from jsonb_array_elements(p_accounts) loop
    insert into account (account_id, biller_id, account_number, holder_sealed, address_sealed, meter_number,
        people, state, synced_at)
      values (v_account ->> 'account_id', p_biller_id, v_account ->> 'account_number',
        v_account ->> 'holder_sealed', v_account ->> 'address_sealed', v_account ->> 'meter_number',
        (v_account ->> 'people')::integer, 'active', p_now)
      on conflict (account_id) do update set holder_sealed = excluded.holder_sealed,
        address_sealed = excluded.address_sealed, meter_number = excluded.meter_number,
        people = excluded.people, synced_at = excluded.synced_at;
  end loop;
  for v_new in select value from jsonb_array_elements(p_bills) loop
    insert into bill (account_id, bill_id, biller_id, revision, month, period_from, period_to, issued_on,
        due_on, previous_reading, current_reading, read_on, read_kind, usage, used_before, lines,
        principal_fen, tariff_version, status)
      values (v_new ->> 'account_id', v_new ->> 'bill_id', p_biller_id, (v_new ->> 'revision')::integer,
        v_new ->> 'month', (v_new ->> 'period_from')::date, (v_new ->> 'period_to')::date,
        (v_new ->> 'issued_on')::date, (v_new ->> 'due_on')::date, (v_new ->> 'previous_reading')::bigint,
        (v_new ->> 'current_reading')::bigint, (v_new ->> 'read_on')::date, v_new ->> 'read_kind',
        (v_new ->> 'usage')::bigint, (v_new ->> 'used_before')::bigint, v_new -> 'lines',
        (v_new ->> 'principal_fen')::bigint, v_new ->> 'tariff_version', v_new ->> 'status')
      on conflict (account_id, bill_id) do update set revision = excluded.revision,
        period_from = excluded.period_from, period_to = excluded.period_to, issued_on = excluded.issued_on,
        due_on = excluded.due_on, previous_reading = excluded.previous_reading,
        current_reading = excluded.current_reading, read_on = excluded.read_on,
        read_kind = excluded.read_kind, usage = excluded.usage, used_before = excluded.used_before,
        lines = excluded.lines, principal_fen = excluded.principal_fen,
        tariff_version = excluded.tariff_version, status = excluded.status,
        credited_payment_id = null, credited_item_no = null, credited_at = null;
  end loop;
  for v_new in select value from jsonb_array_elements(v_anew) loop
    insert into audit (subject_id, audit_id, at, actor, act)
      values (v_new ->> 'account_id', v_new ->> 'audit_id', p_now, p_biller_id, 'issue-bill-anew');
  end loop;
  return 'imported';
end $$;
