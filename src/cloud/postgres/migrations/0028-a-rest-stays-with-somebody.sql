-- Whether something of a paid item is with nobody: neither its biller’s, nor given back, nor on its way to either.
create function has_rest(p_payment_id text, p_item_no integer)
returns boolean language sql stable as $$
  select case i.state
    when 'posted' then unused_reversal(p_payment_id, p_item_no, false) > 0
    when 'unposted' then given_fen(p_payment_id, p_item_no, false) < i.amount_fen and not exists (
      select from outbox_task t
      where t.payment_id = p_payment_id and t.kind = 'post' and t.item_no = p_item_no and t.done_at is null)
    else given_fen(p_payment_id, p_item_no, false) < i.amount_fen end
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
      case v_refund.state when 'closed' then 'refund-closed' else 'part-given-back' end, p_now);
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
