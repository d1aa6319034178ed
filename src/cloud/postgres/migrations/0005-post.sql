-- The outbox: claimed with a lease, one task by its whole key at a time, and what the biller said.

create function claim_task(p_payment_id text, p_kind text, p_item_no integer, p_now timestamptz, p_locked_until timestamptz)
returns integer language plpgsql as $$
declare
  v_attempts integer;
begin
  update outbox_task set locked_until = p_locked_until, attempts = attempts + 1
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and done_at is null and person_reason is null and next_at <= p_now
      and (locked_until is null or locked_until <= p_now)
    returning attempts into v_attempts;
  return v_attempts;
end $$;

create function postpone_task(p_payment_id text, p_kind text, p_item_no integer, p_attempts integer, p_next_at timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update outbox_task set next_at = p_next_at, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and attempts = p_attempts and done_at is null;
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;

create function finish_task(p_payment_id text, p_kind text, p_item_no integer, p_now timestamptz)
returns void language plpgsql as $$
begin
  update outbox_task set done_at = p_now, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no and done_at is null;
end $$;

-- Hands the task to a person's list with the reason; nothing is tried by itself from then on.
create function hand_to_person(p_payment_id text, p_kind text, p_item_no integer, p_reason text)
returns void language plpgsql as $$
begin
  update outbox_task set person_reason = p_reason, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no and done_at is null;
end $$;

-- How the credit went, and with it the signed receipt; once.
create function note_credit(p_payment_id text, p_item_no integer, p_credit text, p_code text, p_key_id text)
returns void language plpgsql as $$
begin
  update payment_item set credit = p_credit, receipt_code = p_code, receipt_key_id = p_key_id
    where payment_id = p_payment_id and item_no = p_item_no and credit is null;
end $$;

-- Compare-and-set before the biller is called. begun: call it; posting: ask its status first.
create function begin_posting(p_payment_id text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state text;
begin
  select state into v_state from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_state <> 'unposted' then return v_state; end if;
  update payment_item set state = 'posting' where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'posting:' || p_item_no, p_now, 'jobs', 'begin-posting');
  return 'begun';
end $$;

-- What the biller answered: posted with its number and time, or rejected with its code.
create function finish_posting(p_payment_id text, p_item_no integer, p_posting_number text,
  p_posted_at timestamptz, p_rejection text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_item record;
begin
  select state, order_no, biller_id, amount_fen into v_item
    from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_item.state <> 'posting' then return v_item.state; end if;
  if p_rejection is not null then
    update payment_item set state = 'rejected', rejection = p_rejection
      where payment_id = p_payment_id and item_no = p_item_no;
    perform hand_to_person(p_payment_id, 'post', p_item_no, 'rejected');
  else
    update payment_item set state = 'posted', posting_number = p_posting_number, posted_at = p_posted_at
      where payment_id = p_payment_id and item_no = p_item_no;
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, p_item_no, 'post', v_item.biller_id, 'unposted', 'posted', v_item.amount_fen, p_now);
    perform finish_task(p_payment_id, 'post', p_item_no, p_now);
    -- Delivered is what the biller credited: WeChat hears of it once per transaction.
    if not exists (
      select from payment_item where payment_id = p_payment_id and order_no = v_item.order_no
        and item_no <> p_item_no and state = 'posted'
    ) then
      insert into outbox_task (payment_id, kind, item_no, next_at)
        values (p_payment_id, 'report-delivery', p_item_no, p_now);
    end if;
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'posted:' || p_item_no, p_now, v_item.biller_id, 'finish-posting', p_rejection);
  return case when p_rejection is null then 'posted' else 'rejected' end;
end $$;

create function print_receipt(p_payment_id text, p_item_no integer, p_staff_id text, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_receipt record;
begin
  select printed_at, printed_by into v_receipt
    from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if v_receipt.printed_at is not null then
    return jsonb_build_object('again', true, 'printed_at', v_receipt.printed_at, 'printed_by', v_receipt.printed_by);
  end if;
  update payment_item set printed_at = p_now, printed_by = p_staff_id
    where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'print:' || p_item_no, p_now, p_staff_id, 'print-receipt');
  return jsonb_build_object('again', false, 'printed_at', p_now, 'printed_by', p_staff_id);
end $$;

-- Counts a try in its window and says how many there are now.
create function count_attempt(p_subject text, p_window_start timestamptz)
returns integer language plpgsql as $$
declare
  v_tries integer;
begin
  insert into attempt (subject, window_start, tries) values (p_subject, p_window_start, 1)
    on conflict (subject, window_start) do update set tries = attempt.tries + 1
    returning tries into v_tries;
  return v_tries;
end $$;

create function return_attempt(p_subject text, p_window_start timestamptz)
returns void language plpgsql as $$
begin
  update attempt set tries = tries - 1
    where subject = p_subject and window_start = p_window_start and tries > 0;
end $$;
