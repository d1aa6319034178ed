-- What somebody says went wrong with a paid item, as data: coded reasons, whose turn it is and until when,
-- evidence that is only ever added, and how it ended. Whoever paid ends no dispute of their own.

create domain dispute_reason as text check (value in ('paid-not-credited', 'paid-twice', 'wrong-account',
  'wrong-amount', 'not-mine', 'refund-missing', 'other'));
create domain dispute_state as text check (value in ('open', 'with-biller', 'with-resident', 'ended'));
create domain dispute_outcome as text check (value in ('credited', 'refunded', 'explained', 'rejected', 'withdrawn'));
create domain evidence_kind as text check (value in ('words', 'receipt', 'statement', 'photo', 'biller-answer'));

create table dispute (
  payment_id text not null,
  dispute_no integer not null,
  item_no integer not null,
  reason dispute_reason not null,
  state dispute_state not null default 'open',
  opened_by text not null,
  opened_at timestamptz not null,
  -- By when whoever's turn it is has to answer.
  due_at timestamptz,
  outcome dispute_outcome,
  ended_by text,
  ended_at timestamptz,
  primary key (payment_id, dispute_no),
  foreign key (payment_id, item_no) references payment_item (payment_id, item_no),
  constraint dispute_facts_match_state check (
    num_nulls(outcome, ended_by, ended_at) = case when state = 'ended' then 0 else 3 end
    and (state = 'ended') = (due_at is null)
  )
);

create index dispute_due on dispute (due_at) where state <> 'ended';

create table dispute_evidence (
  payment_id text not null,
  dispute_no integer not null,
  evidence_no integer not null,
  kind evidence_kind not null,
  contents text not null,
  given_by text not null,
  given_at timestamptz not null,
  primary key (payment_id, dispute_no, evidence_no),
  foreign key (payment_id, dispute_no) references dispute (payment_id, dispute_no)
);

-- {"answer": opened | before | unknown-item | not-paid, "dispute_no": …}. One item has one open dispute of
-- one reason.
create function open_dispute(p_payment_id text, p_item_no integer, p_reason text, p_actor text, p_due_at timestamptz,
  p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_state text;
  v_dispute_no integer;
begin
  select state into v_state from payment where payment_id = p_payment_id for update;
  if not found or not exists (select from payment_item where payment_id = p_payment_id and item_no = p_item_no) then
    return '{"answer": "unknown-item"}';
  end if;
  if v_state <> 'paid' then return '{"answer": "not-paid"}'; end if;
  select dispute_no into v_dispute_no from dispute
    where payment_id = p_payment_id and item_no = p_item_no and reason = p_reason and state <> 'ended';
  if found then return jsonb_build_object('answer', 'before', 'dispute_no', v_dispute_no); end if;
  select coalesce(max(dispute_no), 0) + 1 into v_dispute_no from dispute where payment_id = p_payment_id;
  insert into dispute (payment_id, dispute_no, item_no, reason, opened_by, opened_at, due_at)
    values (p_payment_id, v_dispute_no, p_item_no, p_reason, p_actor, p_now, p_due_at);
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'dispute:' || v_dispute_no, p_now, p_actor, 'open-dispute', p_reason);
  return jsonb_build_object('answer', 'opened', 'dispute_no', v_dispute_no);
end $$;

-- Adds to it; nothing is ever changed or taken away. added | unknown-dispute | ended
create function add_evidence(p_payment_id text, p_dispute_no integer, p_kind text, p_contents text, p_actor text,
  p_now timestamptz)
returns text language plpgsql as $$
declare
  v_state text;
  v_evidence_no integer;
begin
  select state into v_state from dispute where payment_id = p_payment_id and dispute_no = p_dispute_no for update;
  if not found then return 'unknown-dispute'; end if;
  if v_state = 'ended' then return 'ended'; end if;
  select coalesce(max(evidence_no), 0) + 1 into v_evidence_no
    from dispute_evidence where payment_id = p_payment_id and dispute_no = p_dispute_no;
  insert into dispute_evidence (payment_id, dispute_no, evidence_no, kind, contents, given_by, given_at)
    values (p_payment_id, p_dispute_no, v_evidence_no, p_kind, p_contents, p_actor, p_now);
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'evidence:' || p_dispute_no || ':' || v_evidence_no, p_now, p_actor, 'add-evidence', p_kind);
  return 'added';
end $$;

-- Hands it to whose turn it is. handed | before | unknown-dispute | not-staff | ended
create function hand_dispute(p_payment_id text, p_dispute_no integer, p_state text, p_actor text, p_due_at timestamptz,
  p_now timestamptz)
returns text language plpgsql as $$
declare
  v_dispute record;
begin
  select state, item_no into v_dispute
    from dispute where payment_id = p_payment_id and dispute_no = p_dispute_no for update;
  if not found then return 'unknown-dispute'; end if;
  if desk_openid(p_actor, p_payment_id, v_dispute.item_no, '{clerk,supervisor}') is null then return 'not-staff'; end if;
  if v_dispute.state = 'ended' then return 'ended'; end if;
  if v_dispute.state = p_state then return 'before'; end if;
  update dispute set state = p_state, due_at = p_due_at where payment_id = p_payment_id and dispute_no = p_dispute_no;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'dispute-handed:' || p_dispute_no || ':' || extract(epoch from p_now), p_now, p_actor,
      'hand-dispute', p_state)
    on conflict (subject_id, audit_id) do nothing;
  return 'handed';
end $$;

-- How it ended. ended | before | unknown-dispute | not-staff | own-payment
create function end_dispute(p_payment_id text, p_dispute_no integer, p_outcome text, p_actor text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_openid text;
  v_dispute record;
  v_desk text;
begin
  select openid into v_openid from payment where payment_id = p_payment_id for update;
  select state, item_no into v_dispute
    from dispute where payment_id = p_payment_id and dispute_no = p_dispute_no for update;
  if not found then return 'unknown-dispute'; end if;
  v_desk := desk_openid(p_actor, p_payment_id, v_dispute.item_no, '{clerk,supervisor}');
  if v_desk is null then return 'not-staff'; end if;
  if v_desk = v_openid then return 'own-payment'; end if;
  if v_dispute.state = 'ended' then return 'before'; end if;
  update dispute set state = 'ended', due_at = null, outcome = p_outcome, ended_by = p_actor, ended_at = p_now
    where payment_id = p_payment_id and dispute_no = p_dispute_no;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'dispute-ended:' || p_dispute_no, p_now, p_actor, 'end-dispute', p_outcome);
  return 'ended';
end $$;
