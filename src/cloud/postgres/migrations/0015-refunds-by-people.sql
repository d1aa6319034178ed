-- Refunds that people ask for, and refunds that were made elsewhere. One person asks, another approves.
-- What the biller has credited is given back only after it took its credit back, by its own word. A refund
-- that somebody made on the merchant platform is a fact of WeChat's: it is taken in by a rule of its own.

alter domain refund_state drop constraint refund_state_check;
alter domain refund_state add constraint refund_state_check
  check (value in ('requested', 'approved', 'sent', 'done', 'closed', 'abnormal', 'declined'));
alter domain refund_rule drop constraint refund_rule_check;
alter domain refund_rule add constraint refund_rule_check
  check (value in ('duplicate', 'rejected-posting', 'undo', 'merchant-platform'));
alter domain task_kind drop constraint task_kind_check;
alter domain task_kind add constraint task_kind_check
  check (value in ('post', 'report-delivery', 'refund', 'reverse'));

-- takes_from: the account that the money leaves when WeChat takes the refund in. `posted` only of one made
-- on the merchant platform while the biller still holds its credit.
alter table refund
  add column takes_from ledger_account not null default 'unposted',
  add column needs_reversal boolean not null default false,
  add column reversal_number text,
  add column reversed_at timestamptz,
  -- Why it was declined: a person's words, or what the biller said.
  add column declined_for text;
alter table refund drop constraint refund_facts_match_state;
alter table refund add constraint refund_facts_match_state check (
  payer_fen <= amount_fen
  and (state in ('requested', 'declined') or approved_at is not null)
  and (approved_by is distinct from requested_by or rule is not null)
  and (state in ('requested', 'approved', 'declined') or sent_at is not null)
  and (state in ('done', 'closed', 'abnormal', 'declined')) = (finished_at is not null)
  and (state = 'declined') = (declined_for is not null)
  and (sent_at is null or reversed_at is not null or not needs_reversal)
  and takes_from in ('unposted', 'posted')
);
create unique index refund_by_number on refund (payment_id, refund_number);
create index refund_open on refund (requested_at) where state in ('requested', 'approved', 'sent');

-- What the biller took back of its credit. A plain number: a column of a domain would have the table written anew.
alter table payment_item add column reversed_fen bigint not null default 0;
alter table payment_item drop constraint item_facts_match_state;
alter table payment_item add constraint item_facts_match_state check (
  refunded_fen <= amount_fen
  and reversed_fen between 0 and amount_fen
  and (reversed_fen = 0 or state = 'posted')
  and num_nulls(receipt_code, receipt_key_id) in (0, 2)
  and (credit is null or receipt_code is not null)
  and (credit is null or undo_minutes = 0 or undo_ended_at is not null)
  and (printed_at is null) = (printed_by is null)
  and (state = 'posted') = (posting_number is not null)
  and (state = 'posted') = (posted_at is not null)
  and (state = 'rejected') = (rejection is not null)
  and (state = 'rejected') = (rejected_at is not null)
  and (state = 'undone') = (undone_at is not null)
  and num_nonnulls(undone_at, undo_ended_at) < 2
);

-- As before, and: of a posted item a person may ask, whose refund then waits for the biller's reversal;
-- what its biller has not credited is given back whole or not at all (whole-only): of no part of it is there
-- anybody else whose it could be.
create or replace function request_refund(p_payment_id text, p_refund jsonb, p_now timestamptz)
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
  select item_no, order_no, state, credit, amount_fen into v_item
    from payment_item where payment_id = p_payment_id and item_no = v_item_no for update;
  if not found then return 'unknown-payment'; end if;
  for v_other in select r.refund_no, r.item_no, r.amount_fen, r.state, i.order_no
      from refund r join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      where r.payment_id = p_payment_id loop
    if v_other.refund_no = v_refund_no then return 'before'; end if;
    if v_other.order_no = v_item.order_no and v_other.state <> 'declined' then v_count := v_count + 1; end if;
    if v_other.item_no = v_item_no and v_other.state not in ('closed', 'declined') then
      v_given := v_given + v_other.amount_fen;
    end if;
  end loop;
  if v_item.state is null then return 'not-paid'; end if;
  if v_item.state = 'posting' then return 'posting-unknown'; end if;
  if v_item.state = 'posted' and v_rule is not null then return 'needs-reversal'; end if;
  if v_payment.paid_at < p_now - interval '1 year' then return 'too-late'; end if;
  if v_count >= 50 then return 'too-many'; end if;
  if v_given + v_amount > v_item.amount_fen then return 'too-much'; end if;
  if v_item.state <> 'posted' and coalesce(v_item.credit, 'none') not in ('duplicate', 'not-due')
    and v_given + v_amount < v_item.amount_fen then return 'whole-only'; end if;

  insert into refund (payment_id, refund_no, item_no, refund_number, amount_fen, state, reason, rule,
      requested_by, requested_at, approved_by, approved_at, needs_reversal)
    values (p_payment_id, v_refund_no, v_item_no, p_payment_id || 'R' || lpad(v_refund_no::text, 3, '0'), v_amount,
      case when v_rule is null then 'requested' else 'approved' end, p_refund ->> 'reason', v_rule,
      v_actor, p_now, v_rule, case when v_rule is null then null else p_now end, v_item.state = 'posted');
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund:' || v_refund_no, p_now, v_actor, 'request-refund', p_refund ->> 'reason');
  -- What is given back is not posted any more.
  perform finish_task(p_payment_id, 'post', v_item_no, p_now);
  if v_rule is null then return 'requested'; end if;
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
  return 'approved';
end $$;

-- The number of a payment's next refund that no rule makes: those of the rules are its items' numbers.
create function next_refund_no(p_payment_id text)
returns integer language sql stable as $$
  select greatest(100, max(refund_no)) + 1 from refund where payment_id = p_payment_id
$$;

-- Whoever has a desk of the item's biller, in one of these roles; null for anybody else.
create function desk_openid(p_staff_id text, p_payment_id text, p_item_no integer, p_roles text[])
returns text language sql stable as $$
  select s.openid from staff s join payment_item i on i.biller_id = s.biller_id
  where s.staff_id = p_staff_id and s.revoked_at is null and s.role = any (p_roles)
    and i.payment_id = p_payment_id and i.item_no = p_item_no
$$;

-- A person at a desk of the biller asks: {"answer": as request_refund says, or not-staff, "refund_no": of
-- what was asked, now or before}. The same person, item, amount and reason while the first is open is the
-- same request.
create function ask_refund(p_payment_id text, p_refund jsonb, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_refund_no integer;
  v_answer text;
begin
  perform from payment where payment_id = p_payment_id for update;
  if desk_openid(p_refund ->> 'actor', p_payment_id, (p_refund ->> 'item_no')::integer, '{clerk,supervisor}') is null then
    return '{"answer": "not-staff"}';
  end if;
  select refund_no into v_refund_no from refund
    where payment_id = p_payment_id and state in ('requested', 'approved', 'sent') and rule is null
      and requested_by = p_refund ->> 'actor' and item_no = (p_refund ->> 'item_no')::integer
      and amount_fen = (p_refund ->> 'amount_fen')::bigint and reason = p_refund ->> 'reason';
  if found then return jsonb_build_object('answer', 'before', 'refund_no', v_refund_no); end if;
  v_refund_no := next_refund_no(p_payment_id);
  v_answer := request_refund(p_payment_id, p_refund - 'rule' || jsonb_build_object('refund_no', v_refund_no), p_now);
  if v_answer <> 'requested' then return jsonb_build_object('answer', v_answer); end if;
  return jsonb_build_object('answer', v_answer, 'refund_no', v_refund_no);
end $$;

-- Another person, a supervisor of the biller, approves. approved | before | unknown-refund | not-staff |
-- not-open | own-request | own-payment | posting-unknown | too-late
create function approve_refund(p_payment_id text, p_refund_no integer, p_actor text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_payment record;
  v_refund record;
  v_item record;
  v_openid text;
  v_unused bigint;
  v_is_reversed boolean;
begin
  select openid, paid_at into v_payment from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown-refund'; end if;
  select * into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found then return 'unknown-refund'; end if;
  v_openid := desk_openid(p_actor, p_payment_id, v_refund.item_no, '{supervisor}');
  if v_openid is null then return 'not-staff'; end if;
  if v_refund.state <> 'requested' then
    return case when v_refund.approved_by = p_actor then 'before' else 'not-open' end;
  end if;
  -- One person may have several desks.
  if v_refund.requested_by = p_actor
    or exists (select from staff where staff_id = v_refund.requested_by and openid = v_openid) then
    return 'own-request';
  end if;
  if v_payment.openid = v_openid then return 'own-payment'; end if;
  if v_payment.paid_at < p_now - interval '1 year' then return 'too-late'; end if;
  select state, reversed_fen into v_item
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no for update;
  if v_item.state = 'posting' then return 'posting-unknown'; end if;
  -- The biller may have taken back enough already, for a refund that WeChat then closed.
  select v_item.reversed_fen - coalesce(sum(amount_fen), 0) into v_unused from refund
    where payment_id = p_payment_id and item_no = v_refund.item_no and needs_reversal and reversed_at is not null
      and state not in ('closed', 'declined');
  v_is_reversed := v_refund.needs_reversal and v_unused >= v_refund.amount_fen;
  update refund set state = 'approved', approved_by = p_actor, approved_at = p_now,
      reversed_at = case when v_is_reversed then p_now end
    where payment_id = p_payment_id and refund_no = p_refund_no;
  insert into outbox_task (payment_id, kind, item_no, next_at)
    values (p_payment_id, case when v_refund.needs_reversal and not v_is_reversed then 'reverse' else 'refund' end,
      p_refund_no, p_now);
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'refund-approved:' || p_refund_no, p_now, p_actor, 'approve-refund');
  return 'approved';
end $$;

-- What is not to be given back: nothing of it is sent, and what waited to be posted is posted.
create function end_declined(p_payment_id text, p_refund_no integer, p_actor text, p_for text, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item_no integer;
begin
  update refund set state = 'declined', declined_for = p_for, finished_at = p_now
    where payment_id = p_payment_id and refund_no = p_refund_no returning item_no into v_item_no;
  update outbox_task t set done_at = null, next_at = p_now, locked_until = null
    from payment_item i
    where t.payment_id = p_payment_id and t.kind = 'post' and t.item_no = v_item_no and t.done_at is not null
      and i.payment_id = p_payment_id and i.item_no = v_item_no and i.state = 'unposted';
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund-declined:' || p_refund_no, p_now, p_actor, 'decline-refund', p_for);
end $$;

-- A person at a desk declines what another asked for, or takes their own request back.
-- declined | before | unknown-refund | not-staff | not-open
create function decline_refund(p_payment_id text, p_refund_no integer, p_actor text, p_for text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
begin
  perform from payment where payment_id = p_payment_id for update;
  select state, item_no into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found then return 'unknown-refund'; end if;
  if desk_openid(p_actor, p_payment_id, v_refund.item_no, '{clerk,supervisor}') is null then return 'not-staff'; end if;
  if v_refund.state = 'declined' then return 'before'; end if;
  if v_refund.state <> 'requested' then return 'not-open'; end if;
  perform end_declined(p_payment_id, p_refund_no, p_actor, p_for, p_now);
  return 'declined';
end $$;

-- What the biller said of taking its credit back: its number and time, or a refusal, which ends the
-- refund. reversed | refused | before | not-approved
create function finish_reversal(p_payment_id text, p_refund_no integer, p_number text, p_at timestamptz, p_refusal text,
  p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
  v_biller_id text;
begin
  perform from payment where payment_id = p_payment_id for update;
  select item_no, amount_fen, state, needs_reversal, reversed_at into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found or not v_refund.needs_reversal or v_refund.state = 'requested' then return 'not-approved'; end if;
  if v_refund.reversed_at is not null or v_refund.state <> 'approved' then return 'before'; end if;
  select biller_id into v_biller_id
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no for update;
  perform finish_task(p_payment_id, 'reverse', p_refund_no, p_now);
  if p_refusal is not null then
    perform end_declined(p_payment_id, p_refund_no, v_biller_id, p_refusal, p_now);
    return 'refused';
  end if;
  update refund set reversal_number = p_number, reversed_at = p_at
    where payment_id = p_payment_id and refund_no = p_refund_no;
  update payment_item set reversed_fen = reversed_fen + v_refund.amount_fen
    where payment_id = p_payment_id and item_no = v_refund.item_no;
  insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
    values (p_payment_id, v_refund.item_no, 'reverse:' || p_refund_no, v_biller_id, 'posted', 'unposted',
      v_refund.amount_fen, p_now);
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', p_refund_no, p_now);
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'refund-reversed:' || p_refund_no, p_now, v_biller_id, 'reverse-posting');
  return 'reversed';
end $$;

-- As before, and: nothing is sent before the biller took its credit back.
create or replace function mark_refund_sent(p_payment_id text, p_refund_no integer, p_wechat_refund_id text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
  v_biller_id text;
begin
  select item_no, amount_fen, state, needs_reversal, reversed_at into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found or v_refund.state in ('requested', 'declined')
    or (v_refund.needs_reversal and v_refund.reversed_at is null) then return 'not-approved'; end if;
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

-- A refund that somebody made on the merchant platform, as WeChat tells of it: {refund_number,
-- wechat_refund_id, order_number, amount_fen, created_at}. It takes from the item of that order that has
-- so much left. What the biller still holds as credited is a person's to settle with it.
-- {"answer": taken | before | unknown-payment | not-paid | posting-unknown | too-much, "refund_no": …,
-- "is_credited": true where the biller has credited it}
create function take_in_refund(p_payment_id text, p_fact jsonb, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_amount constant bigint := (p_fact ->> 'amount_fen')::bigint;
  v_number constant text := p_fact ->> 'refund_number';
  v_created constant timestamptz := (p_fact ->> 'created_at')::timestamptz;
  v_state text;
  v_refund record;
  v_item record;
  v_refund_no integer;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return '{"answer": "unknown-payment"}'; end if;
  select refund_no, takes_from into v_refund from refund where payment_id = p_payment_id and refund_number = v_number;
  if found then
    return jsonb_build_object('answer', 'before', 'refund_no', v_refund.refund_no,
      'is_credited', v_refund.takes_from = 'posted');
  end if;
  if v_state <> 'paid' then return '{"answer": "not-paid"}'; end if;
  select i.item_no, i.biller_id, i.state, i.amount_fen into v_item
    from payment_item i join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
    where i.payment_id = p_payment_id and o.order_number = p_fact ->> 'order_number'
      and i.amount_fen >= v_amount + (select coalesce(sum(r.amount_fen), 0) from refund r
        where r.payment_id = i.payment_id and r.item_no = i.item_no and r.state not in ('closed', 'declined'))
    order by i.amount_fen <> v_amount, i.state = 'posted', i.item_no limit 1 for update of i;
  if not found then return '{"answer": "too-much"}'; end if;
  if v_item.state = 'posting' then return '{"answer": "posting-unknown"}'; end if;
  v_refund_no := next_refund_no(p_payment_id);
  insert into refund (payment_id, refund_no, item_no, refund_number, amount_fen, state, reason, rule,
      requested_by, requested_at, approved_by, approved_at, wechat_refund_id, sent_at, takes_from)
    values (p_payment_id, v_refund_no, v_item.item_no, v_number, v_amount, 'sent', 'merchant-platform',
      'merchant-platform', 'merchant-platform', v_created, 'merchant-platform', v_created,
      p_fact ->> 'wechat_refund_id', v_created, case when v_item.state = 'posted' then 'posted' else 'unposted' end);
  insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
    values (p_payment_id, v_item.item_no, 'refund:' || v_refund_no, v_item.biller_id,
      case when v_item.state = 'posted' then 'posted' else 'unposted' end, 'refunding', v_amount, p_now);
  -- What is given back is not posted any more; of what nobody can post in part a person decides on the rest.
  if v_item.state = 'unposted' and v_amount < v_item.amount_fen then
    perform hand_to_person(p_payment_id, 'post', v_item.item_no, 'part-given-back', p_now);
  else
    perform finish_task(p_payment_id, 'post', v_item.item_no, p_now);
  end if;
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund:' || v_refund_no, p_now, 'wechat', 'take-in-refund', 'merchant-platform');
  return jsonb_build_object('answer', 'taken', 'refund_no', v_refund_no, 'is_credited', v_item.state = 'posted');
end $$;

-- As before, and: what is closed goes back to where it came from, and what was declined cannot be finished.
create or replace function finish_refund(p_payment_id text, p_refund_no integer, p_fact jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state constant text := p_fact ->> 'state';
  v_payer_fen constant bigint := (p_fact ->> 'payer_fen')::bigint;
  v_refund record;
  v_biller_id text;
begin
  select item_no, refund_number, amount_fen, state, takes_from into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found or v_refund.state in ('requested', 'declined') or v_refund.refund_number is distinct from p_fact ->> 'refund_number' then
    return 'unknown-refund';
  end if;
  if v_refund.amount_fen is distinct from (p_fact ->> 'amount_fen')::bigint
    or (v_payer_fen <= v_refund.amount_fen) is not true then return 'other-amount'; end if;
  if v_refund.state in ('done', 'closed') or v_refund.state = v_state then return 'before'; end if;
  if v_refund.state = 'approved' and mark_refund_sent(p_payment_id, p_refund_no, p_fact ->> 'wechat_refund_id', p_now)
    <> 'sent' then return 'unknown-refund'; end if;
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
      values (p_payment_id, v_refund.item_no, 'refund-closed:' || p_refund_no, v_biller_id, 'refunding',
        v_refund.takes_from, v_refund.amount_fen, p_now);
    perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'refund-closed', p_now);
  else
    perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'refund-abnormal', p_now);
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund-' || v_state || ':' || p_refund_no, p_now, 'wechat', 'finish-refund', v_state);
  return 'recorded';
end $$;

-- As before, and: a refund that was declined holds up no posting.
create or replace function begin_posting(p_payment_id text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state text;
begin
  select state into v_state from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_state <> 'unposted' then return v_state; end if;
  if not exists (select from payment where payment_id = p_payment_id and state = 'paid') then return 'not-paid'; end if;
  if exists (
    select from refund where payment_id = p_payment_id and item_no = p_item_no and state not in ('closed', 'declined')
  ) then return 'refunding'; end if;
  update payment_item set state = 'posting' where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'posting:' || p_item_no, p_now, 'jobs', 'begin-posting');
  return 'begun';
end $$;

-- When an order was made: with it the daily match finds a payee's orders of a day, and settling touches
-- no further index.
alter table payment_order add column created_at timestamptz not null default now();
update payment_order o set created_at = p.created_at from payment p where p.payment_id = o.payment_id;
create index payment_order_by_payee on payment_order (payee_id, created_at);
drop index payment_by_start;

-- As before, and: an order says when it was made; a bill whose posting was reversed whole is due again
-- once its biller issues it anew.
create or replace function start_payment(p_payment_id text, p_payment jsonb, p_orders jsonb, p_items jsonb, p_now timestamptz)
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
  v_locked text[] := '{}';
  v_items_fen bigint := 0;
  v_left_fen bigint;
begin
  select digest into v_digest from payment where payment_id = p_payment_id;
  if found then
    if v_digest = p_payment ->> 'digest' then return '{"started": "before"}'; end if;
    return '{"refused": "different-contents"}';
  end if;

  for v_item in select value from jsonb_array_elements(p_items) loop
    v_account_id := v_item ->> 'account_id';
    v_bill_id := v_item ->> 'bill_id';
    if v_account_id || '/' || v_bill_id = any (v_locked) then return '{"refused": "same-bill-twice"}'; end if;
    v_locked := v_locked || (v_account_id || '/' || v_bill_id);
    v_items_fen := v_items_fen + (v_item ->> 'principal_fen')::bigint + (v_item ->> 'late_fee_fen')::bigint;
    select status, revision, principal_fen, lock_payment_id into v_bill
      from bill where account_id = v_account_id and bill_id = v_bill_id for update;
    if not found then
      return jsonb_build_object('refused', 'not-found', 'account_id', v_account_id, 'bill_id', v_bill_id);
    end if;
    if v_bill.lock_payment_id is not null then
      select state, openid, expires_at into v_holder from payment where payment_id = v_bill.lock_payment_id;
      if v_holder.state = 'paid' then
        -- What was taken back is due again at once; a posting that was rejected, or reversed whole, comes back as a new revision.
        if v_bill.status <> 'due' or not exists (
          select from payment_item where payment_id = v_bill.lock_payment_id and account_id = v_account_id
            and bill_id = v_bill_id
            and (state = 'undone' or (revision < v_bill.revision and (state = 'rejected' or reversed_fen = amount_fen)))
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
  for v_order in select value from jsonb_array_elements(p_orders) loop
    v_left_fen := (v_order ->> 'amount_fen')::bigint;
    for v_item in select value from jsonb_array_elements(p_items) loop
      if v_item ->> 'order_no' = v_order ->> 'order_no' then
        v_left_fen := v_left_fen - (v_item ->> 'principal_fen')::bigint - (v_item ->> 'late_fee_fen')::bigint;
      end if;
    end loop;
    if v_left_fen <> 0 then return '{"refused": "sums-differ"}'; end if;
  end loop;
  if v_items_fen <> (p_payment ->> 'amount_fen')::bigint then return '{"refused": "sums-differ"}'; end if;

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
    insert into payment_order (payment_id, order_no, order_number, payee_id, amount_fen, created_at)
      values (p_payment_id, (v_order ->> 'order_no')::integer, v_order ->> 'order_number',
        v_order ->> 'payee_id', (v_order ->> 'amount_fen')::bigint, p_now);
  end loop;
  for v_item in select value from jsonb_array_elements(p_items) loop
    v_account_id := v_item ->> 'account_id';
    v_bill_id := v_item ->> 'bill_id';
    update bill set lock_payment_id = p_payment_id where account_id = v_account_id and bill_id = v_bill_id;
    insert into payment_item (payment_id, item_no, order_no, biller_id, account_id, account_tail, bill_id, revision,
        month, due_on, principal_fen, late_fee_fen, receipt_number, undo_minutes)
      values (p_payment_id, (v_item ->> 'item_no')::integer, (v_item ->> 'order_no')::integer,
        v_item ->> 'biller_id', v_account_id, v_item ->> 'account_tail', v_bill_id, (v_item ->> 'revision')::integer,
        v_item ->> 'month', (v_item ->> 'due_on')::date, (v_item ->> 'principal_fen')::bigint,
        (v_item ->> 'late_fee_fen')::bigint, v_item ->> 'receipt_number',
        coalesce((v_item ->> 'undo_minutes')::smallint, 0));
  end loop;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'start', p_now, p_payment ->> 'openid', 'start-payment');
  return '{"started": "now"}';
end $$;

-- A hosted biller takes its credit back by its supervisors' word, once per reversal.
create table hosted_reversal (
  posting_id text not null references hosted_posting (posting_id),
  reversal_id text not null,
  amount_fen positive_fen not null,
  reversal_number text not null,
  reversed_at timestamptz not null,
  primary key (posting_id, reversal_id)
);

-- {"reversal_number", "reversed_at"}, or {"refused": no-such-posting | more-than-posted}
create function record_hosted_reversal(p_reversal_id text, p_posting_id text, p_amount_fen bigint, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_posting record;
  v_reversal record;
begin
  select amount_fen, posting_number into v_posting from hosted_posting where posting_id = p_posting_id for update;
  if not found then return '{"refused": "no-such-posting"}'; end if;
  select reversal_number, reversed_at into v_reversal from hosted_reversal
    where posting_id = p_posting_id and reversal_id = p_reversal_id;
  if not found then
    if p_amount_fen + (select coalesce(sum(amount_fen), 0) from hosted_reversal where posting_id = p_posting_id)
      > v_posting.amount_fen then return '{"refused": "more-than-posted"}'; end if;
    insert into hosted_reversal (reversal_id, posting_id, amount_fen, reversal_number, reversed_at)
      values (p_reversal_id, p_posting_id, p_amount_fen, v_posting.posting_number || '-' || right(p_reversal_id, 4), p_now)
      returning reversal_number, reversed_at into v_reversal;
  end if;
  return jsonb_build_object('reversal_number', v_reversal.reversal_number, 'reversed_at', v_reversal.reversed_at);
end $$;

-- Payments of a payee's day against its trade file: only what differs. A day is [p_from, p_to). WeChat rounds
-- its fee to a fen.
create function trade_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_fee_per_million integer)
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' as $$
  select coalesce(t.payment_id, o.payment_id), coalesce(t.order_number, o.order_number),
    case when o.payment_id is null then 'wallet' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then to_jsonb(t) end,
    case when o.payment_id is not null then to_jsonb(o) end
  from (
    select s.payment_id, s.order_number, s.transaction_id, s.amount_fen, s.settled_fen, s.fee_mills, s.trade_at
    from staged_trade s
    where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt and s.refund_number = ''
  ) t full join (
    select p.payment_id, p.order_number, p.transaction_id, p.amount_fen, p.payer_fen, p.paid_at
    from payment_order p
    where p.payee_id = p_owner_id and p.created_at >= p_from - interval '2 days' and p.created_at < p_to
      and p.paid_at >= p_from and p.paid_at < p_to
  ) o on o.payment_id = t.payment_id and o.order_number = t.order_number
  where t.payment_id is null or o.payment_id is null
    or t.amount_fen <> o.amount_fen or t.transaction_id <> o.transaction_id
    or t.settled_fen not between o.payer_fen and o.amount_fen
    or abs(t.fee_mills * 1000 - t.settled_fen * p_fee_per_million) > 500000
  union all
  select min(s.payment_id), s.order_number, 'twice', to_jsonb(min(s.transaction_id)), to_jsonb(count(*))
  from staged_trade s
  where s.owner_id = p_owner_id and s.day = p_day and s.attempt = p_attempt and s.refund_number = ''
  group by s.order_number having count(*) > 1
$$;

-- Several differences at once: what a file comes to is kept in a few transactions, not in a thousand.
create function note_differences(p_differences jsonb, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_difference jsonb;
begin
  for v_difference in select value from jsonb_array_elements(p_differences) order by value ->> 'payment_id' loop
    perform note_difference(v_difference ->> 'payment_id', v_difference, p_now);
  end loop;
end $$;
