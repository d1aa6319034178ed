-- Whether something of a paid item is with nobody: neither its biller’s, nor given back, nor asked for by anybody, nor
-- still to be posted, be it by a person.
create function has_rest(p_payment_id text, p_item_no integer)
returns boolean language sql stable as $$
  select case when i.state = 'posted' then unused_reversal(p_payment_id, p_item_no, false) > 0
    else given_fen(p_payment_id, p_item_no, false) < i.amount_fen
      and not (i.state in ('unposted', 'posting') and exists (
        select from outbox_task t
        where t.payment_id = p_payment_id and t.kind = 'post' and t.item_no = p_item_no and t.done_at is null)) end
  from payment_item i where i.payment_id = p_payment_id and i.item_no = p_item_no
$$;

-- Ends the claimed task of a refund that has ended. While something of its item is with nobody, it stays a person's,
-- however often it is tried again.
create function end_refund_task(p_payment_id text, p_refund_no integer, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_refund record;
begin
  perform from payment where payment_id = p_payment_id for update;
  select item_no, state into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no;
  if has_rest(p_payment_id, v_refund.item_no) then
    perform hand_to_person(p_payment_id, 'refund', p_refund_no,
      case when v_refund.state = 'closed' then 'refund-closed' else 'part-given-back' end, p_now);
  else
    perform finish_claimed_task(p_payment_id, 'refund', p_refund_no, p_now);
  end if;
end $$;

-- As before; what is left is reckoned as above.
create or replace function end_declined(p_payment_id text, p_refund_no integer, p_actor text, p_for text, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item_no integer;
begin
  update refund set state = 'declined', declined_for = p_for, finished_at = p_now
    where payment_id = p_payment_id and refund_no = p_refund_no returning item_no into v_item_no;
  update outbox_task t set done_at = null, next_at = p_now, locked_until = null,
      person_reason = case when t.person_reason = 'refunded-elsewhere' then t.person_reason end,
      handed_at = case when t.person_reason = 'refunded-elsewhere' then t.handed_at end
    from payment_item i
    where t.payment_id = p_payment_id and t.kind = 'post' and t.item_no = v_item_no
      and (t.done_at is not null or t.person_reason = 'part-given-back')
      and i.payment_id = p_payment_id and i.item_no = v_item_no and i.state = 'unposted';
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund-declined:' || p_refund_no, p_now, p_actor, 'decline-refund', p_for);
  if has_rest(p_payment_id, v_item_no) then
    insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', p_refund_no, p_now)
      on conflict (payment_id, kind, item_no) do nothing;
    perform hand_over_as(p_payment_id, 'refund', p_refund_no, 'part-given-back', p_now);
  else
    perform finish_task(p_payment_id, 'refund', p_refund_no, p_now);
  end if;
end $$;

-- As before, and: what the biller takes back after WeChat has closed the refund is a person's to give back, also where
-- the refund's task had ended.
create or replace function finish_reversal(p_payment_id text, p_refund_no integer, p_number text, p_at timestamptz, p_refusal text,
  p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
  v_biller_id text;
  v_is_by_hand boolean;
begin
  perform from payment where payment_id = p_payment_id for update;
  select item_no, amount_fen, state, takes_from, needs_reversal, reversed_at, approved_at into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found then return 'not-approved'; end if;
  if v_refund.reversed_at is not null then return 'before'; end if;
  v_is_by_hand := v_refund.takes_from = 'posted';
  if not v_is_by_hand and (not v_refund.needs_reversal or v_refund.state = 'requested') then return 'not-approved'; end if;
  if not v_is_by_hand and v_refund.state <> 'approved' then return 'before'; end if;
  select biller_id into v_biller_id
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no for update;
  if p_refusal is not null and v_is_by_hand then
    perform hand_to_person(p_payment_id, 'reverse', p_refund_no, 'reversal-refused', p_now);
    return 'refused';
  end if;
  perform finish_task(p_payment_id, 'reverse', p_refund_no, p_now);
  if p_refusal is not null then
    perform end_declined(p_payment_id, p_refund_no, v_biller_id, p_refusal, p_now);
    return 'refused';
  end if;
  update refund set reversal_number = p_number, reversed_at = p_at, takes_from = 'unposted'
    where payment_id = p_payment_id and refund_no = p_refund_no;
  update payment_item set reversed_fen = reversed_fen + v_refund.amount_fen
    where payment_id = p_payment_id and item_no = v_refund.item_no;
  if not v_is_by_hand or v_refund.state = 'closed' then
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, v_refund.item_no, 'reverse:' || p_refund_no, v_biller_id, 'posted', 'unposted',
        v_refund.amount_fen, p_now);
  end if;
  if v_is_by_hand and v_refund.state = 'closed' then
    update outbox_task set done_at = null, person_reason = null
      where payment_id = p_payment_id and kind = 'refund' and item_no = p_refund_no and done_at is not null;
    perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'refund-closed', p_now);
  end if;
  if not v_is_by_hand then
    insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', p_refund_no, p_now);
    -- Somebody may have given the same back past us since it was approved.
    if exists (
      select from refund r join payment_item o on o.payment_id = r.payment_id and o.item_no = r.item_no
        join payment_item i on i.payment_id = p_payment_id and i.item_no = v_refund.item_no and i.order_no = o.order_no
      where r.payment_id = p_payment_id and r.rule = 'merchant-platform' and r.state <> 'closed'
        and r.requested_at >= v_refund.approved_at
    ) then
      perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'given-back-by-hand', p_now);
    end if;
  end if;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'refund-reversed:' || p_refund_no, p_now, v_biller_id, 'reverse-posting');
  return 'reversed';
end $$;

-- As before, and: what the biller rejects, and was asked back before in vain, is a person's to give back.
create or replace function finish_posting(p_payment_id text, p_item_no integer, p_posting_number text,
  p_posted_at timestamptz, p_rejection text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_item record;
  v_first_item_no integer;
  v_asked text;
begin
  -- The payment first, as request_refund does: two orders of locking would be a deadlock.
  perform from payment where payment_id = p_payment_id for update;
  select state, order_no, biller_id, amount_fen into v_item
    from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_item.state is distinct from 'posting' then return coalesce(v_item.state, 'unknown'); end if;
  if p_rejection is not null then
    update payment_item set state = 'rejected', rejection = p_rejection, rejected_at = p_now
      where payment_id = p_payment_id and item_no = p_item_no;
    v_asked := request_refund(p_payment_id, jsonb_build_object('refund_no', p_item_no, 'item_no', p_item_no,
      'amount_fen', v_item.amount_fen, 'reason', p_rejection, 'rule', 'rejected-posting', 'actor', 'jobs'), p_now);
    if v_asked <> 'approved' then
      perform hand_to_person(p_payment_id, 'post', p_item_no,
        case when v_asked = 'before' then 'not-given-back' else 'refund-' || v_asked end, p_now);
    end if;
  else
    update payment_item set state = 'posted', posting_number = p_posting_number, posted_at = p_posted_at
      where payment_id = p_payment_id and item_no = p_item_no;
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, p_item_no, 'post', v_item.biller_id, 'unposted', 'posted', v_item.amount_fen, p_now);
    perform finish_task(p_payment_id, 'post', p_item_no, p_now);
    -- Delivered is what the biller credited: WeChat hears of it once per transaction, which the
    -- first item of the order stands for, whichever of its items is credited first.
    select min(item_no) into v_first_item_no
      from payment_item where payment_id = p_payment_id and order_no = v_item.order_no;
    insert into outbox_task (payment_id, kind, item_no, next_at)
      values (p_payment_id, 'report-delivery', v_first_item_no, p_now)
      on conflict (payment_id, kind, item_no) do nothing;
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'posted:' || p_item_no, p_now, v_item.biller_id, 'finish-posting', p_rejection);
  return case when p_rejection is null then 'posted' else 'rejected' end;
end $$;
