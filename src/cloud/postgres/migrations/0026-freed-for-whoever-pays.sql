-- As before, and: money that came after the close had its bill credited while somebody else was asked to pay it, or had
-- paid it and could take that back. When all of that money goes back, the bill is held by the other one as before, and
-- nobody else is asked for it.
create or replace function free_bill(p_payment_id text, p_item_no integer, p_now timestamptz)
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
  update bill b set status = 'due', credited_payment_id = null, credited_item_no = null, credited_at = null,
      lock_payment_id = coalesce((
        select i.payment_id from payment_item i join payment p on p.payment_id = i.payment_id
        where i.account_id = b.account_id and i.bill_id = b.bill_id and i.revision = b.revision
          and (p.state in ('created', 'awaiting') or p.state = 'paid' and i.state <> 'undone' and not is_given_back(i))
        order by p.created_at desc limit 1
      ), b.lock_payment_id)
    where b.account_id = v_item.account_id and b.bill_id = v_item.bill_id and b.credited_payment_id = p_payment_id;
  get diagnostics v_freed = row_count;
  if v_freed = 0 then return; end if;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (v_item.account_id, 'free:' || v_item.bill_id || ':' || v_item.revision || ':' || p_payment_id, p_now,
      p_payment_id, 'free-bill');
end $$;
