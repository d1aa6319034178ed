-- Since when WeChat may have a refund that was not heard of as sent: what has begun is withdrawn on WeChat's word only.
alter table refund add column begun_at timestamptz;
-- Money of its order went back past us since it was approved, maybe the same; a person has not said yet that both are right.
alter table refund add column is_doubted boolean not null default false;

-- Before a refund is sent that WeChat does not know. What is doubted is not sent: it is a person's, once it has last begun
-- so long ago (p_long_ago) that nobody can still be about to send it.
-- begun | later | given-back-by-hand | not-open: a person has it, or it is not approved
create function begin_refund(p_payment_id text, p_refund_no integer, p_long_ago timestamptz, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund record;
begin
  perform from payment where payment_id = p_payment_id for update;
  select state, begun_at, is_doubted into v_refund
    from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if v_refund.state is distinct from 'approved' then return 'not-open'; end if;
  perform from outbox_task where payment_id = p_payment_id and kind = 'refund' and item_no = p_refund_no
    and done_at is null and person_reason is null;
  if not found then return 'not-open'; end if;
  if v_refund.is_doubted and v_refund.begun_at > p_long_ago then return 'later'; end if;
  update refund set begun_at = case when is_doubted then null else p_now end
    where payment_id = p_payment_id and refund_no = p_refund_no;
  if not v_refund.is_doubted then return 'begun'; end if;
  perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'given-back-by-hand', p_now);
  return 'given-back-by-hand';
end $$;

-- As before, and: who looked, and tries a refund again that money by hand may have meant, says that both are right.
create or replace function retry_task(p_payment_id text, p_kind text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_attempts bigint;
begin
  perform from payment where payment_id = p_payment_id for update;
  if p_kind = 'post' and exists (
    select from payment_item where payment_id = p_payment_id and item_no = p_item_no and state = 'rejected'
  ) then return 'rejected'; end if;
  if p_kind = 'refund' then
    update refund r set is_doubted = false from outbox_task t
      where r.payment_id = p_payment_id and r.refund_no = p_item_no
        and t.payment_id = p_payment_id and t.kind = 'refund' and t.item_no = p_item_no
        and t.done_at is null and t.person_reason in ('given-back-by-hand', 'refund-refused');
  end if;
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

-- As before, and: also of what its biller rejected a person decides on the rest.
create or replace function end_posting_task(p_payment_id text, p_item_no integer, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item record;
begin
  select state, amount_fen into v_item from payment_item where payment_id = p_payment_id and item_no = p_item_no;
  if v_item.state in ('unposted', 'rejected') and given_fen(p_payment_id, p_item_no, false) < v_item.amount_fen then
    perform hand_to_person(p_payment_id, 'post', p_item_no, 'part-given-back', p_now);
  else
    perform finish_task(p_payment_id, 'post', p_item_no, p_now);
  end if;
end $$;

-- As before; a posting task keeps the rest also of what was rejected.
create or replace function has_rest(p_payment_id text, p_item_no integer)
returns boolean language sql stable as $$
  select case when i.state = 'posted' then unused_reversal(p_payment_id, p_item_no, false) > 0
    else given_fen(p_payment_id, p_item_no, false) < i.amount_fen
      and not exists (
        select from outbox_task t
        where t.payment_id = p_payment_id and t.kind = 'post' and t.item_no = p_item_no and t.done_at is null) end
  from payment_item i where i.payment_id = p_payment_id and i.item_no = p_item_no
$$;

-- Whether a refund by hand has for its reversal what the biller took back for another one, which came to nothing.
create function has_lent_reversal(r refund) returns boolean language sql immutable as $$
  select r.rule is not distinct from 'merchant-platform' and r.reversed_at is not null and r.reversal_number is null
$$;

-- Has a person give back what is left beside a refund, also where its own task had ended.
create function hand_over_rest(p_payment_id text, p_refund_no integer, p_reason text, p_now timestamptz)
returns void language plpgsql as $$
begin
  insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', p_refund_no, p_now)
    on conflict (payment_id, kind, item_no) do update set done_at = null, person_reason = null
      where outbox_task.done_at is not null;
  perform hand_to_person(p_payment_id, 'refund', p_refund_no, p_reason, p_now);
end $$;

-- What a biller took back for a refund that came to nothing is the reversal of what was given back by hand of the same
-- credit, once a person has said that the biller took nothing back for that; not while one that WeChat closed is to be
-- asked for anew.
create function use_reversals(p_payment_id text, p_item_no integer, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_biller_id text;
  v_hand record;
begin
  select biller_id into v_biller_id from payment_item where payment_id = p_payment_id and item_no = p_item_no;
  for v_hand in select refund_no, amount_fen from refund
      where payment_id = p_payment_id and item_no = p_item_no and takes_from = 'posted' and state <> 'closed'
      order by refund_no for update loop
    continue when v_hand.amount_fen > unused_reversal(p_payment_id, p_item_no, false);
    continue when exists (
      select from outbox_task t join refund r on r.payment_id = t.payment_id and r.refund_no = t.item_no
      where t.payment_id = p_payment_id and r.item_no = p_item_no and t.done_at is null
        and case t.kind when 'reverse' then r.refund_no = v_hand.refund_no
          when 'refund' then r.state = 'closed' and r.rule is distinct from 'merchant-platform' end);
    update refund set takes_from = 'unposted', reversed_at = p_now
      where payment_id = p_payment_id and refund_no = v_hand.refund_no;
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, p_item_no, 'use-reversal:' || v_hand.refund_no, v_biller_id, 'unposted', 'posted',
        v_hand.amount_fen, p_now);
    insert into audit (subject_id, audit_id, at, actor, act)
      values (p_payment_id, 'use-reversal:' || v_hand.refund_no, p_now, 'jobs', 'use-reversal');
  end loop;
end $$;

-- As before, and: what may be the reversal of what was given back by hand is kept for it.
create or replace function approve_refund(p_payment_id text, p_refund_no integer, p_actor text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_payment record;
  v_refund record;
  v_item record;
  v_openid text;
  v_unsettled bigint;
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
  select coalesce(sum(r.amount_fen), 0)::bigint into v_unsettled
    from refund r join outbox_task t on t.payment_id = r.payment_id and t.kind = 'reverse' and t.item_no = r.refund_no
    where r.payment_id = p_payment_id and r.item_no = v_refund.item_no and r.takes_from = 'posted' and t.done_at is null;
  v_is_reversed := v_refund.needs_reversal
    and unused_reversal(p_payment_id, v_refund.item_no, false) - v_unsettled >= v_refund.amount_fen;
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

-- As before, and: what its biller had taken back for it may be what was given back by hand.
create or replace function end_declined(p_payment_id text, p_refund_no integer, p_actor text, p_for text, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_item_no integer;
begin
  update refund set state = 'declined', declined_for = p_for, finished_at = p_now
    where payment_id = p_payment_id and refund_no = p_refund_no returning item_no into v_item_no;
  perform use_reversals(p_payment_id, v_item_no, p_now);
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

-- As before, and: whether money went back past us is known by what was taken in, not by the time it was made. What the
-- biller takes back for a refund by hand that another's reversal had served is a person's to give back.
create or replace function finish_reversal(p_payment_id text, p_refund_no integer, p_number text, p_at timestamptz, p_refusal text,
  p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund refund;
  v_biller_id text;
  v_is_lent boolean;
  v_is_by_hand boolean;
begin
  perform from payment where payment_id = p_payment_id for update;
  select * into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no for update;
  if not found then return 'not-approved'; end if;
  v_is_lent := has_lent_reversal(v_refund);
  if v_refund.reversed_at is not null and not v_is_lent then return 'before'; end if;
  v_is_by_hand := v_refund.takes_from = 'posted' or v_is_lent;
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
  if not v_is_by_hand or v_is_lent or v_refund.state = 'closed' then
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, v_refund.item_no, 'reverse:' || p_refund_no, v_biller_id, 'posted', 'unposted',
        v_refund.amount_fen, p_now);
  end if;
  if v_is_by_hand and (v_is_lent or v_refund.state = 'closed') then
    perform use_reversals(p_payment_id, v_refund.item_no, p_now);
    perform hand_over_rest(p_payment_id, p_refund_no,
      case when v_refund.state = 'closed' then 'refund-closed' else 'part-given-back' end, p_now);
  end if;
  if not v_is_by_hand then
    insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', p_refund_no, p_now);
    if v_refund.is_doubted then
      perform hand_to_person(p_payment_id, 'refund', p_refund_no, 'given-back-by-hand', p_now);
    end if;
  end if;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'refund-reversed:' || p_refund_no, p_now, v_biller_id, 'reverse-posting');
  return 'reversed';
end $$;

-- As before, and: a biller that took nothing back for this one may have taken back as much for another. What it took back
-- by its own means it may tell when WeChat has closed the refund, or when another's reversal was taken for it.
-- settled | before | not-staff | not-listed
create or replace function settle_with_biller(p_payment_id text, p_refund_no integer, p_actor text, p_number text, p_for text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_refund refund;
  v_room bigint;
begin
  perform from payment where payment_id = p_payment_id for update;
  select * into v_refund from refund where payment_id = p_payment_id and refund_no = p_refund_no;
  if not found then return 'not-listed'; end if;
  if desk_openid(p_actor, p_payment_id, v_refund.item_no, '{clerk,supervisor}') is null then return 'not-staff'; end if;
  perform from audit where subject_id = p_payment_id and audit_id = 'settled-with-biller:' || p_refund_no and reason = p_for;
  if found then return 'before'; end if;
  -- On the list, or tried again in vain; not while a runner is at it.
  perform from outbox_task where payment_id = p_payment_id and kind = 'reverse' and item_no = p_refund_no
    and (done_at is null or (p_number is not null and (v_refund.state = 'closed' or has_lent_reversal(v_refund))
      and not exists (
        select from audit where subject_id = p_payment_id and audit_id = 'settled-with-biller:' || p_refund_no)))
    and (locked_until is null or locked_until <= p_now) for update;
  if not found or (v_refund.takes_from <> 'posted' and not has_lent_reversal(v_refund)) then return 'not-listed'; end if;
  select amount_fen - reversed_fen into v_room
    from payment_item where payment_id = p_payment_id and item_no = v_refund.item_no;
  -- Of what it took back in whole already the number is that reversal's.
  if p_number is not null and v_refund.amount_fen <= v_room then
    perform finish_reversal(p_payment_id, p_refund_no, p_number, p_now, null, p_now);
  else
    perform finish_task(p_payment_id, 'reverse', p_refund_no, p_now);
    perform use_reversals(p_payment_id, v_refund.item_no, p_now);
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'settled-with-biller:' || p_refund_no, p_now, p_actor, 'settle-with-biller', p_for);
  return 'settled';
end $$;

-- As before, and: what has begun is asked about first, since WeChat may have it. One of ours that was withdrawn, and that
-- WeChat has all the same, is taken in beside it, like any that was made past us.
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
  v_withdrawn integer;
  v_refund_no integer;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found then return '{"answer": "unknown-payment"}'; end if;
  select min(refund_no) as refund_no, bool_or(takes_from = 'posted') as is_credited into v_first
    from refund where payment_id = p_payment_id and refund_number = v_number and state <> 'declined';
  if v_first.refund_no is not null then
    return jsonb_build_object('answer', 'before', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
  end if;
  if v_state <> 'paid' then return '{"answer": "not-paid"}'; end if;
  perform from refund where payment_id = p_payment_id and state in ('requested', 'approved') for update;
  perform from payment_item where payment_id = p_payment_id order by item_no for update;
  select array_agg(i.state::text) into v_states from parts_of_refund(p_payment_id, v_order_number, v_amount) p
    join payment_item i on i.payment_id = p_payment_id and i.item_no = p.item_no;
  if v_states is null then return '{"answer": "too-much"}'; end if;
  if 'posting' = any (v_states) then return '{"answer": "posting-unknown"}'; end if;
  select count(*) into v_withdrawn from refund where payment_id = p_payment_id and refund_number = v_number;

  for v_part in select p.part_no, p.item_no, p.takes_from, p.fen, i.biller_id
      from parts_of_refund(p_payment_id, v_order_number, v_amount) p
        join payment_item i on i.payment_id = p_payment_id and i.item_no = p.item_no
      order by p.part_no loop
    v_refund_no := next_refund_no(p_payment_id);
    insert into refund (payment_id, refund_no, item_no, refund_number, part_no, amount_fen, state, reason, rule,
        requested_by, requested_at, approved_by, approved_at, wechat_refund_id, sent_at, takes_from)
      values (p_payment_id, v_refund_no, v_part.item_no, v_number, v_part.part_no + v_withdrawn, v_part.fen, 'sent',
        'merchant-platform', 'merchant-platform', 'merchant-platform', v_created, 'merchant-platform', v_created,
        p_fact ->> 'wechat_refund_id', v_created, v_part.takes_from)
      on conflict do nothing;
    if not found then
      select min(refund_no) as refund_no, bool_or(takes_from = 'posted') as is_credited into v_first
        from refund where payment_id = p_payment_id and refund_number = v_number and state <> 'declined';
      return jsonb_build_object('answer', 'before', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
    end if;
    insert into movement (payment_id, item_no, kind, biller_id, debit, credit, amount_fen, at)
      values (p_payment_id, v_part.item_no, 'refund:' || v_refund_no, v_part.biller_id, v_part.takes_from, 'refunding',
        v_part.fen, p_now);
    insert into audit (subject_id, audit_id, at, actor, act, reason)
      values (p_payment_id, 'refund:' || v_refund_no, p_now, 'wechat', 'take-in-refund', 'merchant-platform');
    if v_part.takes_from = 'posted' then
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'reverse', v_refund_no, p_now);
      perform hand_to_person(p_payment_id, 'reverse', v_refund_no, 'given-back-by-hand', p_now);
    end if;
    perform make_way(p_payment_id, v_part.item_no, p_now);
    perform end_posting_task(p_payment_id, v_part.item_no, p_now);
    if v_part.part_no = 1 then
      v_first.refund_no := v_refund_no;
      insert into outbox_task (payment_id, kind, item_no, next_at) values (p_payment_id, 'refund', v_refund_no, p_now);
    end if;
    v_first.is_credited := coalesce(v_first.is_credited, false) or v_part.takes_from = 'posted';
  end loop;
  -- Two ways of giving back may mean the same money: what is approved and has not begun waits for a person.
  update refund r set is_doubted = true
    from payment_item i join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
    where r.payment_id = p_payment_id and r.state = 'approved'
      and i.payment_id = r.payment_id and i.item_no = r.item_no and o.order_number = v_order_number;
  perform hand_to_person(p_payment_id, 'refund', r.refund_no, 'given-back-by-hand', p_now)
    from refund r where r.payment_id = p_payment_id and r.state = 'approved' and r.is_doubted and r.begun_at is null;
  return jsonb_build_object('answer', 'taken', 'refund_no', v_first.refund_no, 'is_credited', v_first.is_credited);
end $$;

-- As before, and: what was withdrawn is no part of it; what is left beside it stays a person's.
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
  select array_agg(r) into v_parts from (
    select * from refund where payment_id = p_payment_id and refund_number = p_fact ->> 'refund_number' and state <> 'declined'
    order by part_no for update
  ) r;
  if v_parts is null then return 'unknown-refund'; end if;
  v_first := v_parts[1];
  if v_first.refund_no <> p_refund_no or v_first.state = 'requested' then return 'unknown-refund'; end if;
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
      -- What its biller took back for it after another's reversal had served it.
      if v_part.reversal_number is not null and has_rest(p_payment_id, v_part.item_no) and exists (
        select from movement where payment_id = p_payment_id and item_no = v_part.item_no
          and kind = 'use-reversal:' || v_part.refund_no
      ) then
        perform hand_over_rest(p_payment_id, v_part.refund_no, 'part-given-back', p_now);
      end if;
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
