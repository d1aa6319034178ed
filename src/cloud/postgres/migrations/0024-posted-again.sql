-- The biller lost what it had credited and was told again: it has the credit under a new number, by which its clerks
-- find it. When it was credited first stays. recorded | before | not-posted
create function record_posted_again(p_payment_id text, p_item_no integer, p_posting_number text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_item record;
begin
  select state, biller_id, posting_number into v_item
    from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found or v_item.state is distinct from 'posted' then return 'not-posted'; end if;
  if v_item.posting_number = p_posting_number then return 'before'; end if;
  update payment_item set posting_number = p_posting_number where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'posted-again:' || p_item_no || ':' || p_posting_number, p_now, v_item.biller_id,
      'record-posted-again', v_item.posting_number)
    on conflict (subject_id, audit_id) do nothing;
  return 'recorded';
end $$;
