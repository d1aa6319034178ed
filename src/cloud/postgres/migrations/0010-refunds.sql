-- Money given back. A refund belongs to its payment, has a number that every retry repeats, and states
-- of its own: requested, approved, sent, done, or closed and abnormal, which a person looks at. A named
-- rule may approve by itself (a bill paid twice, a refused posting); nobody approves what they asked
-- for or what they paid. The item is left as it is: only from `unposted` and `rejected` is money given
-- back, never while a posting is unknown.

create domain refund_state as text
  check (value in ('requested', 'approved', 'sent', 'done', 'closed', 'abnormal'));
create domain refund_rule as text check (value in ('duplicate', 'rejected-posting'));
alter domain task_kind drop constraint task_kind_check;
alter domain task_kind add constraint task_kind_check check (value in ('post', 'report-delivery', 'refund'));

create table refund (
  payment_id text not null references payment (payment_id),
  refund_no integer not null,
  item_no integer not null,
  refund_number text not null,
  amount_fen positive_fen not null,
  state refund_state not null,
  reason text not null,
  rule refund_rule,
  requested_by text not null,
  requested_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  -- What WeChat gives back of its own money; a coupon's part goes back to whoever gave the coupon.
  payer_fen fen,
  wechat_refund_id text,
  sent_at timestamptz,
  finished_at timestamptz,
  arrived_in text,
  primary key (payment_id, refund_no),
  foreign key (payment_id, item_no) references payment_item (payment_id, item_no),
  constraint refund_facts_match_state check (
    payer_fen <= amount_fen
    and (state = 'requested' or approved_at is not null)
    and (approved_by is distinct from requested_by or rule is not null)
    and (state in ('requested', 'approved') or sent_at is not null)
    and (state in ('done', 'closed', 'abnormal')) = (finished_at is not null)
  )
);

-- requested | approved | before, or a refusal: unknown-payment, not-paid, posting-unknown,
-- needs-reversal, too-late, too-many, too-much. WeChat: within a year, at most 50 of one order.
create function request_refund(p_payment_id text, p_refund jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund_no constant integer := (p_refund ->> 'refund_no')::integer;
  v_item_no constant integer := (p_refund ->> 'item_no')::integer;
  v_amount constant bigint := (p_refund ->> 'amount_fen')::bigint;
  v_rule constant text := p_refund ->> 'rule';
  v_actor constant text := p_refund ->> 'actor';
  v_payment record;
  v_item record;
  v_other record;
  v_count integer := 0;
  v_given bigint := 0;
begin
  select state, paid_at into v_payment from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown-payment'; end if;
  if v_payment.state <> 'paid' then return 'not-paid'; end if;
  select item_no, order_no, state, amount_fen into v_item
    from payment_item where payment_id = p_payment_id and item_no = v_item_no for update;
  if not found then return 'unknown-payment'; end if;
  for v_other in select r.refund_no, r.item_no, r.amount_fen, r.state, i.order_no
      from refund r join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      where r.payment_id = p_payment_id loop
    if v_other.refund_no = v_refund_no then return 'before'; end if;
    if v_other.order_no = v_item.order_no then v_count := v_count + 1; end if;
    if v_other.item_no = v_item_no and v_other.state <> 'closed' then v_given := v_given + v_other.amount_fen; end if;
  end loop;
  if v_item.state is null then return 'not-paid'; end if;
  if v_item.state = 'posting' then return 'posting-unknown'; end if;
  if v_item.state = 'posted' then return 'needs-reversal'; end if;
  if v_payment.paid_at < p_now - interval '1 year' then return 'too-late'; end if;
  if v_count >= 50 then return 'too-many'; end if;
  if v_given + v_amount > v_item.amount_fen then return 'too-much'; end if;

  insert into refund (payment_id, refund_no, item_no, refund_number, amount_fen, state, reason, rule,
      requested_by, requested_at, approved_by, approved_at)
    values (p_payment_id, v_refund_no, v_item_no, p_payment_id || 'R' || lpad(v_refund_no::text, 3, '0'), v_amount,
      case when v_rule is null then 'requested' else 'approved' end, p_refund ->> 'reason', v_rule,
      v_actor, p_now, v_rule, case when v_rule is null then null else p_now end);
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund:' || v_refund_no, p_now, v_actor, 'request-refund', p_refund ->> 'reason');
  -- What is given back is not posted any more.
  perform finish_task(p_payment_id, 'post', v_item_no, p_now);
  if v_rule is null then return 'requested'; end if;
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
  return 'approved';
end $$;

-- WeChat took the refund in: the money leaves what is still to be posted. sent | before | not-approved
create function mark_refund_sent(p_payment_id text, p_refund_no integer, p_wechat_refund_id text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
  v_biller_id text;
begin
  select item_no, amount_fen, state into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found or v_refund.state = 'requested' then return 'not-approved'; end if;
  if v_refund.state <> 'approved' then return 'before'; end if;
  select biller_id into v_biller_id
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no;
  update refund set state = 'sent', wechat_refund_id = p_wechat_refund_id, sent_at = p_now
    where payment_id = p_payment_id and refund_no = p_refund_no;
  insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
    values (p_payment_id, v_refund.item_no, 'refund:' || p_refund_no, v_biller_id, 'unposted', 'refunding',
      v_refund.amount_fen, p_now);
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'refund-sent:' || p_refund_no, p_now, 'wechat', 'send-refund');
  return 'sent';
end $$;

-- What WeChat proved of a refund. p_fact: {state: done | closed | abnormal, wechat_refund_id,
-- refund_number, amount_fen, payer_fen, arrived_in, at}. Closed gives the money back to what is to be
-- posted; abnormal keeps it, and a person finds another way. An abnormal refund may still arrive.
-- recorded | before | unknown-refund | other-amount
create function finish_refund(p_payment_id text, p_refund_no integer, p_fact jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state constant text := p_fact ->> 'state';
  v_payer_fen constant bigint := (p_fact ->> 'payer_fen')::bigint;
  v_refund record;
  v_biller_id text;
begin
  select item_no, refund_number, amount_fen, state into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found or v_refund.state = 'requested' or v_refund.refund_number is distinct from p_fact ->> 'refund_number' then
    return 'unknown-refund';
  end if;
  if v_refund.amount_fen is distinct from (p_fact ->> 'amount_fen')::bigint
    or (v_payer_fen <= v_refund.amount_fen) is not true then return 'other-amount'; end if;
  if v_refund.state in ('done', 'closed') or v_refund.state = v_state then return 'before'; end if;
  perform mark_refund_sent(p_payment_id, p_refund_no, p_fact ->> 'wechat_refund_id', p_now);
  select biller_id into v_biller_id
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no;
  update refund set state = v_state, payer_fen = v_payer_fen, arrived_in = p_fact ->> 'arrived_in',
      finished_at = (p_fact ->> 'at')::timestamptz
    where payment_id = p_payment_id and refund_no = p_refund_no;
  if v_state = 'done' then
    update payment_item set refunded_fen = refunded_fen + v_refund.amount_fen
      where payment_id = p_payment_id and item_no = v_refund.item_no;
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
      values (p_payment_id, v_refund.item_no, 'refund-closed:' || p_refund_no, v_biller_id, 'refunding', 'unposted',
        v_refund.amount_fen, p_now);
    perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'refund-closed', p_now);
  else
    perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'refund-abnormal', p_now);
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund-' || v_state || ':' || p_refund_no, p_now, 'wechat', 'finish-refund', v_state);
  return 'recorded';
end $$;

-- As before, and: what is being given back is not posted; refunding says so.
create or replace function begin_posting(p_payment_id text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state text;
begin
  select state into v_state from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_state is distinct from 'unposted' then return coalesce(v_state, 'unknown'); end if;
  if exists (
    select from refund where payment_id = p_payment_id and item_no = p_item_no and state <> 'closed'
  ) then return 'refunding'; end if;
  update payment_item set state = 'posting' where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'posting:' || p_item_no, p_now, 'jobs', 'begin-posting');
  return 'begun';
end $$;

-- What the biller answered: posted with its number and time, or rejected with its code, which gives
-- the money back by rule in the same call.
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
    if v_asked not in ('approved', 'before') then
      perform hand_to_person(p_payment_id, 'post', p_item_no, 'refund-' || v_asked, p_now);
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
