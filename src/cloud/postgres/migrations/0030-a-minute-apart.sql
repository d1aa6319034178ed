-- As before, and: WeChat takes one refund of an order a minute (pay.weixin.qq.com, 申请退款); of two that come at once one
-- waits. A clock that is further off holds up nothing.
-- begun | too-soon | later | given-back-by-hand | not-open: a person has it, or it is not approved
create or replace function begin_refund(p_payment_id text, p_refund_no integer, p_long_ago timestamptz, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
  v_order_no integer;
begin
  perform from payment where payment_id = p_payment_id for update;
  select item_no, state, begun_at, is_doubted into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if v_refund.state is distinct from 'approved' then return 'not-open'; end if;
  perform from outbox_task where payment_id = p_payment_id and kind = 'refund' and item_no = p_refund_no
    and done_at is null and person_reason is null;
  if not found then return 'not-open'; end if;
  if v_refund.is_doubted and v_refund.begun_at > p_long_ago then return 'later'; end if;
  select order_no into v_order_no from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no;
  if not v_refund.is_doubted and exists (
    select from refund r join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
    where r.payment_id = p_payment_id and r.refund_no <> p_refund_no and i.order_no = v_order_no
      and (r.begun_at > p_now - interval '1 minute' and r.begun_at < p_now + interval '1 minute'
        or r.sent_at > p_now - interval '1 minute' and r.sent_at < p_now + interval '1 minute')
  ) then return 'too-soon'; end if;
  update refund set begun_at = case when is_doubted then null else p_now end
    where payment_id = p_payment_id and refund_no = p_refund_no;
  if not v_refund.is_doubted then return 'begun'; end if;
  perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'given-back-by-hand', p_now);
  return 'given-back-by-hand';
end $$;
