-- A refund that somebody made on the merchant platform names an order, not a bill. What it takes it takes from the
-- items of that order, as many as it needs: a part of it for each, under one number of WeChat's. What its biller had
-- credited calls a person, who settles that with the biller: it takes its credit back, or bears the loss.

alter table refund add column part_no integer not null default 1;
drop index refund_by_number;
create unique index refund_by_number on refund (payment_id, refund_number, part_no);
-- Such as are there already call a person, too.
do $$
declare
  v_refund record;
begin
  for v_refund in select payment_id, refund_no, sent_at from refund where takes_from = 'posted' and state <> 'closed' loop
    insert into outbox_task (payment_id, kind, item_no, next_at, person_reason, handed_at)
      values (v_refund.payment_id, 'reverse', v_refund.refund_no, v_refund.sent_at, 'given-back-by-hand', v_refund.sent_at);
  end loop;
end $$;

-- WeChat's rules never allowed it, or money of its order went back past us; nothing of it was sent, and a person has it.
create function is_refused(r refund) returns boolean language sql stable as $$
  select r.state = 'approved' and exists (
    select from outbox_task t where t.payment_id = r.payment_id and t.kind = 'refund' and t.item_no = r.refund_no
      and t.done_at is null and t.person_reason in ('refund-refused', 'given-back-by-hand'))
$$;

-- Nothing of it has moved, nor will before a person says so.
create function is_only_wished(r refund) returns boolean language sql stable as $$
  select r.state = 'requested' or is_refused(r)
$$;

-- What of an item is given back, is on its way, or, unless p_but_wishes, is wished for.
create function given_fen(p_payment_id text, p_item_no integer, p_but_wishes boolean)
returns bigint language sql stable as $$
  select coalesce(sum(r.amount_fen), 0)::bigint from refund r
  where r.payment_id = p_payment_id and r.item_no = p_item_no and r.state not in ('closed', 'declined')
    and not (p_but_wishes and is_only_wished(r))
$$;

-- What the biller took back of an item and no refund has used; with p_but_wishes those that are only wished for use none.
create function unused_reversal(p_payment_id text, p_item_no integer, p_but_wishes boolean)
returns bigint language sql stable as $$
  select i.reversed_fen - coalesce((
    select sum(r.amount_fen) from refund r
    where r.payment_id = i.payment_id and r.item_no = i.item_no and r.state not in ('closed', 'declined')
      and (r.reversed_at is not null or (r.rule = 'merchant-platform' and r.takes_from = 'unposted'))
      and not (p_but_wishes and is_only_wished(r))), 0)::bigint
  from payment_item i where i.payment_id = p_payment_id and i.item_no = p_item_no
$$;

-- Hands an open task to a person, or, if one has it, under another reason.
create function hand_over_as(p_payment_id text, p_kind text, p_item_no integer, p_reason text, p_now timestamptz)
returns void language plpgsql as $$
begin
  update outbox_task set person_reason = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no and done_at is null;
  perform hand_to_person(p_payment_id, p_kind, p_item_no, p_reason, p_now);
end $$;

-- As before, and: of its payment nothing else is decided at the same moment.
create or replace function retry_task(p_payment_id text, p_kind text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_attempts bigint;
begin
  perform from payment where payment_id = p_payment_id for update;
  if p_kind = 'post' and exists (
    select from payment_item where payment_id = p_payment_id and item_no = p_item_no and state = 'rejected'
  ) then return 'rejected'; end if;
  update outbox_task set person_reason = null, handed_at = null, failures = 0, next_at = p_now, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and done_at is null and person_reason is not null
    returning attempts into v_attempts;
  if not found then return 'not-listed'; end if;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'retry:' || p_kind || ':' || p_item_no || ':' || v_attempts, p_now, 'operator', 'retry-task')
    on conflict (subject_id, audit_id) do nothing;
  return 'retried';
end $$;

-- Ends the task of whoever has claimed it; not one that a person has by now.
create function finish_claimed_task(p_payment_id text, p_kind text, p_item_no integer, p_now timestamptz)
returns void language plpgsql as $$
begin
  update outbox_task set done_at = p_now, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no and done_at is null and person_reason is null;
end $$;

-- Of what is given back in whole nothing is posted any more; of what nobody can post in part a person decides on the rest.
create function end_posting_task(p_payment_id text, p_item_no integer, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item record;
begin
  select state, amount_fen into v_item from payment_item where payment_id = p_payment_id and item_no = p_item_no;
  if v_item.state = 'unposted' and given_fen(p_payment_id, p_item_no, false) < v_item.amount_fen then
    perform hand_to_person(p_payment_id, 'post', p_item_no, 'part-given-back', p_now);
  else
    perform finish_task(p_payment_id, 'post', p_item_no, p_now);
  end if;
end $$;

-- As before, and: of a part of what nobody is to credit the rest stays on a person's list.
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
      v_actor, p_now, v_rule, case when v_rule is null then null else p_now end, v_item.state = 'posted')
    on conflict do nothing;
  if not found then return 'before'; end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'refund:' || v_refund_no, p_now, v_actor, 'request-refund', p_refund ->> 'reason');
  perform end_posting_task(p_payment_id, v_item_no, p_now);
  if v_rule is null then return 'requested'; end if;
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
  return 'approved';
end $$;

-- As before, and: what a refund by hand used of a reversal is not used again.
create or replace function approve_refund(p_payment_id text, p_refund_no integer, p_actor text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_payment record;
  v_refund record;
  v_item record;
  v_openid text;
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
  select state into v_item
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no for update;
  if v_item.state = 'posting' then return 'posting-unknown'; end if;
  -- The biller may have taken back enough already, for a refund that was closed or withdrawn.
  v_is_reversed := v_refund.needs_reversal and unused_reversal(p_payment_id, v_refund.item_no, false) >= v_refund.amount_fen;
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

-- As before, and: so is what a person has because a part of it was to be given back. What its biller took back for it,
-- or never gets, and nobody gets now is a person's to give back.
create or replace function end_declined(p_payment_id text, p_refund_no integer, p_actor text, p_for text, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item_no integer;
  v_item record;
  v_has_rest boolean;
begin
  update refund set state = 'declined', declined_for = p_for, finished_at = p_now
    where payment_id = p_payment_id and refund_no = p_refund_no returning item_no into v_item_no;
  update outbox_task t set done_at = null, person_reason = null, handed_at = null, next_at = p_now, locked_until = null
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

-- As before, and: what WeChat refused can be withdrawn. Why it did is not known here, so that nothing is posted
-- before a person says so.
create or replace function decline_refund(p_payment_id text, p_refund_no integer, p_actor text, p_for text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund refund;
  v_is_refused boolean;
begin
  perform from payment where payment_id = p_payment_id for update;
  select * into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found then return 'unknown-refund'; end if;
  if desk_openid(p_actor, p_payment_id, v_refund.item_no, '{clerk,supervisor}') is null then return 'not-staff'; end if;
  if v_refund.state = 'declined' then return 'before'; end if;
  v_is_refused := is_refused(v_refund);
  if not is_only_wished(v_refund) then return 'not-open'; end if;
  perform end_declined(p_payment_id, p_refund_no, p_actor, p_for, p_now);
  if v_is_refused then
    perform hand_to_person(p_payment_id, 'post', v_refund.item_no, 'refund-refused', p_now);
  end if;
  return 'declined';
end $$;

-- As before, and: a refund by hand of what the biller had credited may have its reversal later than its money. From
-- then on it took what the biller gave back.
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

-- What a person found out at the biller of a refund by hand: the number of its reversal, or none where it keeps its
-- credit and bears the loss. settled | before | not-staff | not-listed
create function settle_with_biller(p_payment_id text, p_refund_no integer, p_actor text, p_number text, p_for text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
begin
  perform from payment where payment_id = p_payment_id for update;
  select item_no, takes_from into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found then return 'not-listed'; end if;
  if desk_openid(p_actor, p_payment_id, v_refund.item_no, '{clerk,supervisor}') is null then return 'not-staff'; end if;
  perform from audit where subject_id = p_payment_id and audit_id = 'settled-with-biller:' || p_refund_no and reason = p_for;
  if found then return 'before'; end if;
  -- On the list, or tried again in vain; not while a runner is at it.
  perform from outbox_task where payment_id = p_payment_id and kind = 'reverse' and item_no = p_refund_no
    and done_at is null and (locked_until is null or locked_until <= p_now) for update;
  if not found or v_refund.takes_from <> 'posted' then return 'not-listed'; end if;
  if p_number is not null then
    perform finish_reversal(p_payment_id, p_refund_no, p_number, p_now, null, p_now);
  else
    perform finish_task(p_payment_id, 'reverse', p_refund_no, p_now);
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'settled-with-biller:' || p_refund_no, p_now, p_actor, 'settle-with-biller', p_for);
  return 'settled';
end $$;

-- What is left of each item of an order, by where it is, whatever is only wished for. What was reversed and is not used
-- is unposted.
create function rooms_of(p_payment_id text, p_order_number text)
returns table (item_no integer, takes_from text, fen bigint) language sql stable as $$
  with item as (
    select i.item_no, i.state, i.amount_fen - given_fen(i.payment_id, i.item_no, true) as left_fen,
      case when i.state = 'posted' then unused_reversal(i.payment_id, i.item_no, true) end as reversed_left
    from payment_order o join payment_item i on i.payment_id = o.payment_id and i.order_no = o.order_no
    where o.payment_id = p_payment_id and o.order_number = p_order_number
  )
  select item_no, 'unposted', least(left_fen, coalesce(reversed_left, left_fen)) from item
  union all
  select item_no, 'posted', left_fen - greatest(0, least(left_fen, reversed_left)) from item where state = 'posted'
$$;

-- Which of them a refund of the order takes from: the one that has so much, or as many as it needs, and first what is
-- not posted. None where less is left than that.
create function parts_of_refund(p_payment_id text, p_order_number text, p_amount_fen bigint)
returns table (part_no bigint, item_no integer, takes_from text, fen bigint) language sql stable as $$
  with ranked as (
    select r.item_no, r.takes_from, r.fen,
      row_number() over chosen as part_no,
      sum(r.fen) over chosen - r.fen as before_fen,
      sum(r.fen) over () as all_fen
    from rooms_of(p_payment_id, p_order_number) r
      join payment_item i on i.payment_id = p_payment_id and i.item_no = r.item_no
    where r.fen > 0
    window chosen as (order by r.fen < p_amount_fen, i.amount_fen <> p_amount_fen, r.takes_from = 'posted', r.item_no)
  )
  select part_no, item_no, takes_from, least(fen, p_amount_fen - before_fen)::bigint
  from ranked where all_fen >= p_amount_fen and before_fen < p_amount_fen order by part_no
$$;

-- Money went back past us: refunds of the item that are only wished for, the newest first, are withdrawn until what is
-- left fits, and has its reversal.
create function make_way(p_payment_id text, p_item_no integer, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item record;
  v_wish_no integer;
begin
  select state, amount_fen into v_item from payment_item where payment_id = p_payment_id and item_no = p_item_no;
  for v_wish_no in select r.refund_no from refund r
      where r.payment_id = p_payment_id and r.item_no = p_item_no and is_only_wished(r) order by r.refund_no desc loop
    exit when given_fen(p_payment_id, p_item_no, false) <= v_item.amount_fen
      and (v_item.state <> 'posted' or unused_reversal(p_payment_id, p_item_no, false) >= 0);
    perform end_declined(p_payment_id, v_wish_no, 'wechat', 'merchant-platform', p_now);
  end loop;
end $$;

-- A refund that somebody made on the merchant platform, as WeChat tells of it: {refund_number,
-- wechat_refund_id, order_number, amount_fen, created_at}; a row for each item that it takes from. What the biller
-- still holds as credited calls a person; what was only wished for makes way.
-- {"answer": taken | before | unknown-payment | not-paid | posting-unknown | too-much, "refund_no": of its first part,
-- "is_credited": true where the biller has credited some of it}
create or replace function take_in_refund(p_payment_id text, p_fact jsonb, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_amount constant bigint := (p_fact ->> 'amount_fen')::bigint;
  v_number constant text := p_fact ->> 'refund_number';
  v_order_number constant text := p_fact ->> 'order_number';
  v_created constant timestamptz := (p_fact ->> 'created_at')::timestamptz;
  v_state text;
  v_states text[];
  v_first record;
  v_part record;
  v_refund_no integer;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return '{"answer": "unknown-payment"}'; end if;
  select min(refund_no) as refund_no, bool_or(takes_from = 'posted') as is_credited into v_first
    from refund where payment_id = p_payment_id and refund_number = v_number;
  if v_first.refund_no is not null then
    return jsonb_build_object('answer', 'before', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
  end if;
  if v_state <> 'paid' then return '{"answer": "not-paid"}'; end if;
  perform from refund r where payment_id = p_payment_id and is_only_wished(r) order by refund_no for update;
  perform from payment_item where payment_id = p_payment_id order by item_no for update;
  select array_agg(i.state::text) into v_states from parts_of_refund(p_payment_id, v_order_number, v_amount) p
    join payment_item i on i.payment_id = p_payment_id and i.item_no = p.item_no;
  if v_states is null then return '{"answer": "too-much"}'; end if;
  if 'posting' = any (v_states) then return '{"answer": "posting-unknown"}'; end if;

  for v_part in select p.part_no, p.item_no, p.takes_from, p.fen, i.biller_id
      from parts_of_refund(p_payment_id, v_order_number, v_amount) p
        join payment_item i on i.payment_id = p_payment_id and i.item_no = p.item_no
      order by p.part_no loop
    v_refund_no := next_refund_no(p_payment_id);
    insert into refund (payment_id, refund_no, item_no, refund_number, part_no, amount_fen, state, reason, rule,
        requested_by, requested_at, approved_by, approved_at, wechat_refund_id, sent_at, takes_from)
      values (p_payment_id, v_refund_no, v_part.item_no, v_number, v_part.part_no, v_part.fen, 'sent',
        'merchant-platform', 'merchant-platform', 'merchant-platform', v_created, 'merchant-platform', v_created,
        p_fact ->> 'wechat_refund_id', v_created, v_part.takes_from)
      on conflict do nothing;
    if not found then
      select min(refund_no) as refund_no, bool_or(takes_from = 'posted') as is_credited into v_first
        from refund where payment_id = p_payment_id and refund_number = v_number;
      return jsonb_build_object('answer', 'before', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
    end if;
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, v_part.item_no, 'refund:' || v_refund_no, v_part.biller_id, v_part.takes_from, 'refunding',
        v_part.fen, p_now);
    insert into audit (subject_id, audit_id, at, actor, act, reason)
      values (p_payment_id, 'refund:' || v_refund_no, p_now, 'wechat', 'take-in-refund', 'merchant-platform');
    perform make_way(p_payment_id, v_part.item_no, p_now);
    perform end_posting_task(p_payment_id, v_part.item_no, p_now);
    if v_part.takes_from = 'posted' then
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'reverse', v_refund_no, p_now);
      perform hand_to_person(p_payment_id, 'reverse', v_refund_no, 'given-back-by-hand', p_now);
    end if;
    if v_part.part_no = 1 then
      v_first.refund_no := v_refund_no;
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
    end if;
    v_first.is_credited := coalesce(v_first.is_credited, false) or v_part.takes_from = 'posted';
  end loop;
  -- Two ways of giving back may mean the same money: what is approved and not sent waits for a person.
  perform hand_to_person(p_payment_id, 'refund', r.refund_no, 'given-back-by-hand', p_now)
    from refund r join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
    where r.payment_id = p_payment_id and r.state = 'approved' and o.order_number = v_order_number;
  return jsonb_build_object('answer', 'taken', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
end $$;

-- As before, and: of a refund that took from several items each part ends with it.
create or replace function finish_refund(p_payment_id text, p_refund_no integer, p_fact jsonb, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state constant text := p_fact ->> 'state';
  v_payer_fen constant bigint := (p_fact ->> 'payer_fen')::bigint;
  v_parts refund[];
  v_part refund;
  v_first refund;
  v_amount bigint := 0;
  v_payer_left bigint := v_payer_fen;
  v_payer bigint;
  v_biller_id text;
begin
  select array_agg(r order by r.part_no) into v_parts from (
    select * from refund where payment_id = p_payment_id and refund_number = p_fact ->> 'refund_number' order by part_no for update
  ) r;
  if v_parts is null then return 'unknown-refund'; end if;
  v_first := v_parts[1];
  if v_first.refund_no <> p_refund_no or v_first.state in ('requested', 'declined') then return 'unknown-refund'; end if;
  foreach v_part in array v_parts loop v_amount := v_amount + v_part.amount_fen; end loop;
  if v_amount is distinct from (p_fact ->> 'amount_fen')::bigint
    or (v_payer_fen <= v_amount) is not true then return 'other-amount'; end if;
  if v_first.state in ('done', 'closed') or v_first.state = v_state then return 'before'; end if;
  if v_first.state = 'approved' and mark_refund_sent(p_payment_id, p_refund_no, p_fact ->> 'wechat_refund_id', p_now)
    <> 'sent' then return 'unknown-refund'; end if;

  foreach v_part in array v_parts loop
    v_payer := least(v_part.amount_fen, v_payer_left);
    v_payer_left := v_payer_left - v_payer;
    select biller_id into v_biller_id
      from payment_item where payment_id = p_payment_id and item_no = v_part.item_no;
    update refund set state = v_state, payer_fen = v_payer, arrived_in = p_fact ->> 'arrived_in',
        finished_at = (p_fact ->> 'at')::timestamptz
      where payment_id = p_payment_id and refund_no = v_part.refund_no;
    if v_state = 'done' then
      update payment_item set refunded_fen = refunded_fen + v_part.amount_fen
        where payment_id = p_payment_id and item_no = v_part.item_no;
      perform free_bill(p_payment_id, v_part.item_no, p_now);
      if v_payer > 0 then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_part.item_no, 'refund-done:' || v_part.refund_no, v_biller_id, 'refunding', 'wallet',
            v_payer, p_now);
      end if;
      if v_part.amount_fen > v_payer then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_part.item_no, 'refund-coupon:' || v_part.refund_no, v_biller_id, 'refunding', 'promotion',
            v_part.amount_fen - v_payer, p_now);
      end if;
    elsif v_state = 'closed' then
      insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
        values (p_payment_id, v_part.item_no, 'refund-closed:' || v_part.refund_no, v_biller_id, 'refunding',
          v_part.takes_from, v_part.amount_fen, p_now);
      -- The biller's credit stands as before, unless it was asked already: then its answer is waited for.
      if v_part.takes_from = 'posted' then
        update outbox_task set done_at = p_now
          where payment_id = p_payment_id and kind = 'reverse' and item_no = v_part.refund_no and attempts = 0 and done_at is null;
      end if;
    end if;
    if v_state = 'done' then
      perform finish_task(p_payment_id, 'refund', v_part.refund_no, p_now);
    else
      -- Each of its items is a person's.
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_part.refund_no, p_now)
        on conflict (payment_id, kind, item_no) do nothing;
      perform hand_over_as(p_payment_id, 'refund', v_part.refund_no, 'refund-' || v_state, p_now);
    end if;
    insert into audit (subject_id, audit_id, at, actor, act, reason)
      values (p_payment_id, 'refund-' || v_state || ':' || v_part.refund_no, p_now, 'wechat', 'finish-refund', v_state);
  end loop;
  return 'recorded';
end $$;

-- As before, and: of what was given back in part nothing is posted, and the rest is a person's.
create or replace function begin_posting(p_payment_id text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_item record;
begin
  select state, amount_fen into v_item from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if not found then return 'unknown'; end if;
  if v_item.state <> 'unposted' then return v_item.state; end if;
  if not exists (select from payment where payment_id = p_payment_id and state = 'paid') then return 'not-paid'; end if;
  if exists (
    select from refund where payment_id = p_payment_id and item_no = p_item_no and state not in ('closed', 'declined')
  ) then
    perform end_posting_task(p_payment_id, p_item_no, p_now);
    return 'refunding';
  end if;
  update payment_item set state = 'posting' where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'posting:' || p_item_no, p_now, 'jobs', 'begin-posting');
  return 'begun';
end $$;

-- As before, and: a refund of several items is one line.
create or replace function refund_lines(p_owner_id text, p_from timestamptz, p_to timestamptz)
returns setof text language sql stable set max_parallel_workers_per_gather = 0 as $$
  select string_agg(l.refund_number || E'\t' || l.order_number || E'\t' || l.amount_fen::text || E'\n', '')
  from (
    select r.refund_number, o.order_number, sum(r.amount_fen)::bigint as amount_fen
    from refund r
      join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      join payment_order o on o.payment_id = r.payment_id and o.order_no = i.order_no
    where o.payee_id = p_owner_id and r.sent_at >= p_from and r.sent_at < p_to
    group by r.refund_number, o.order_number
  ) l
  having count(*) > 0
$$;

create or replace function refund_differences(p_owner_id text, p_day date, p_attempt integer, p_from timestamptz, p_to timestamptz,
  p_unmet text[])
returns table (payment_id text, order_number text, side text, wallet jsonb, ours jsonb)
language sql stable set work_mem = '64MB' set max_parallel_workers_per_gather = 0 as $$
  with seen as materialized (
    select t.payment_id, t.order_number, t.transaction_id, t.refund_number, t.wechat_refund_id, t.amount_fen,
      t.settled_fen, t.trade_ms
    from staged_trade t
    where t.owner_id = p_owner_id and t.day = p_day and t.attempt = p_attempt and t.refund_number <> ''
  ), about as (
    select left(split_part(line, E'\t', 2), 26) as payment_id, split_part(line, E'\t', 1) as refund_number
    from unnest(p_unmet) line
    union
    select s.payment_id, s.refund_number from seen s
  ), own as (
    select r.payment_id, o.order_number, min(r.refund_no) as refund_no, r.refund_number,
      sum(r.amount_fen)::bigint as amount_fen, min(r.state::text) as state, r.sent_at
    from about a
      cross join lateral (
        select * from refund f where f.payment_id = a.payment_id and f.refund_number = a.refund_number offset 0
      ) r
      join payment_item i on i.payment_id = r.payment_id and i.item_no = r.item_no
      join payment_order o on o.payment_id = r.payment_id and o.order_no = i.order_no
    where o.payee_id = p_owner_id and r.sent_at >= p_from and r.sent_at < p_to
    group by r.payment_id, o.order_number, r.refund_number, r.sent_at
  )
  select coalesce(t.payment_id, o.payment_id), coalesce(t.order_number, o.order_number),
    case when o.payment_id is null then 'wallet' when t.payment_id is null then 'ours' else 'both' end,
    case when t.payment_id is not null then line_facts(to_jsonb(t), 'trade_ms', 'trade_at') end,
    case when o.payment_id is not null then to_jsonb(o) end
  from seen t full join own o on o.payment_id = t.payment_id and o.refund_number = t.refund_number
  where t.payment_id is null or o.payment_id is null or t.amount_fen <> o.amount_fen
$$;

-- As before, and: of what WeChat has given back since, a person decides.
create or replace function record_paid(p_payment_id text, p_fact jsonb, p_notice_id text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_parts constant jsonb := p_fact -> 'parts';
  v_payment record;
  v_orders payment_order[];
  v_order payment_order;
  v_item record;
  v_part jsonb;
  v_paid_at timestamptz;
  v_coupon_left bigint;
  v_coupon bigint;
begin
  select state, order_number, merchant_id, openid into v_payment
    from payment where payment_id = p_payment_id for update;
  if not found then return 'unknown-order'; end if;
  if v_payment.order_number is distinct from p_fact ->> 'order_number'
    or v_payment.merchant_id is distinct from p_fact ->> 'merchant_id' then return 'other-payee'; end if;
  select array_agg(o) into v_orders from payment_order o where payment_id = p_payment_id;
  if cardinality(v_orders) <> jsonb_array_length(jsonb_path_query_array(v_parts, '$.keyvalue()')) then return 'other-payee'; end if;
  foreach v_order in array v_orders loop
    if v_order.payee_id is distinct from v_parts -> v_order.order_number ->> 'payee_id' then return 'other-payee'; end if;
  end loop;
  if v_payment.openid is distinct from p_fact ->> 'openid' then return 'other-payer'; end if;
  foreach v_order in array v_orders loop
    v_part := v_parts -> v_order.order_number;
    if v_order.amount_fen is distinct from (v_part ->> 'amount_fen')::bigint then return 'other-amount'; end if;
    if (v_order.amount_fen >= (v_part ->> 'payer_fen')::bigint) is not true then return 'other-amount'; end if;
    if v_order.transaction_id <> v_part ->> 'transaction_id' then return 'other-transaction'; end if;
    v_paid_at := greatest(v_paid_at, (v_part ->> 'paid_at')::timestamptz);
  end loop;
  if v_payment.state = 'paid' then return 'before'; end if;

  update payment set state = 'paid', paid_at = v_paid_at, settled_at = p_now, notice_id = p_notice_id,
      next_ask_at = null
    where payment_id = p_payment_id;
  if v_payment.state = 'closed' then
    update payment_item set undo_ended_at = p_now where payment_id = p_payment_id and undo_minutes > 0;
  end if;
  foreach v_order in array v_orders loop
    v_part := v_parts -> v_order.order_number;
    update payment_order set transaction_id = v_part ->> 'transaction_id',
        payer_fen = (v_part ->> 'payer_fen')::bigint, paid_at = (v_part ->> 'paid_at')::timestamptz
      where payment_id = p_payment_id and order_no = v_order.order_no;
    v_coupon_left := v_order.amount_fen - (v_part ->> 'payer_fen')::bigint;
    for v_item in select item_no, biller_id, amount_fen,
          case when v_payment.state = 'closed' then 0 else undo_minutes end as minutes from payment_item
        where payment_id = p_payment_id and order_no = v_order.order_no order by item_no loop
      v_coupon := least(v_coupon_left, v_item.amount_fen);
      v_coupon_left := v_coupon_left - v_coupon;
      if v_item.amount_fen > v_coupon then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_item.item_no, 'settle', v_item.biller_id, 'wallet', 'unposted',
            v_item.amount_fen - v_coupon, p_now);
      end if;
      if v_coupon > 0 then
        insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
          values (p_payment_id, v_item.item_no, 'settle-coupon', v_item.biller_id, 'promotion', 'unposted',
            v_coupon, p_now);
      end if;
      insert into outbox_task (payment_id, kind, item_no, next_at)
        values (p_payment_id, 'post', v_item.item_no, p_now + v_item.minutes * interval '1 minute');
      -- Money that WeChat has given back meanwhile, by whose word is not known yet, is not passed on.
      if (v_part ->> 'is_refunded')::boolean then
        perform hand_to_person(p_payment_id, 'post', v_item.item_no, 'refunded-elsewhere', p_now);
      end if;
    end loop;
  end loop;
  insert into audit (subject_id, audit_id, at, actor, act) values (p_payment_id, 'settle', p_now, 'wechat', 'record-paid');
  return 'settled';
end $$;

-- As before, and: of a refund whose money has gone its reversal may be open, and one that WeChat could not place.
create or replace function gauges(p_now timestamptz)
returns table (gauge text, open bigint, since timestamptz) language sql stable as $$
  select 'unsettled', count(*), min(expires_at) from payment
    where state in ('created', 'awaiting') and expires_at < p_now
  union all
  select 'unposted', count(*), min(p.settled_at) from outbox_task t join payment p on p.payment_id = t.payment_id
    where t.done_at is null and t.person_reason is null and t.kind = 'post'
  union all
  select 'refund', count(*), min(requested_at) from (
    select requested_at from refund where state in ('requested', 'approved', 'sent')
    union all
    -- Ended, or nearly, and still asked about by the timers: WeChat that could not place it, or a biller.
    select r.requested_at from outbox_task t join refund r on r.payment_id = t.payment_id and r.refund_no = t.item_no
    where t.done_at is null and t.person_reason is null and t.kind in ('refund', 'reverse')
      and r.state in ('done', 'closed', 'abnormal')
  ) as r
  union all
  select 'person-task', count(*), min(handed_at) from outbox_task where done_at is null and person_reason is not null
  union all
  select 'difference', count(*), min(found_at) from (
    select found_at from difference where state = 'open' union all select found_at from difference where state = 'person'
  ) as d
  union all
  select 'daily-file', count(*), min(day + 1 + time '10:00') at time zone 'Asia/Shanghai' from daily_file where state <> 'matched'
  union all
  select 'dispute', count(*), min(due_at) from dispute where state <> 'ended'
  union all
  select 'ledger-flaw', count(*), min(found_at) from ledger_flaw
$$;
