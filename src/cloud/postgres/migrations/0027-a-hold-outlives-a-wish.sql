-- As before, and: what WeChat had given back before we heard of it is a person's again when somebody's wish to give it
-- back is declined.
create or replace function end_declined(p_payment_id text, p_refund_no integer, p_actor text, p_for text, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item_no integer;
  v_item record;
  v_has_rest boolean;
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
  select state, amount_fen into v_item from payment_item where payment_id = p_payment_id and item_no = v_item_no;
  v_has_rest := case v_item.state
    when 'posted' then unused_reversal(p_payment_id, v_item_no, false) > 0
    when 'unposted' then false
    else given_fen(p_payment_id, v_item_no, false) < v_item.amount_fen end;
  if v_has_rest then
    insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', p_refund_no, p_now)
      on conflict (payment_id, kind, item_no) do nothing;
    perform hand_over_as(p_payment_id, 'refund', p_refund_no, 'part-given-back', p_now);
  else
    perform finish_task(p_payment_id, 'refund', p_refund_no, p_now);
  end if;
end $$;
