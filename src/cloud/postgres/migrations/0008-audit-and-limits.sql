-- Law 10: whatever moves money or looks at personal data leaves an audit row, written by the same
-- call. Audit rows are sealed into a chain afterwards, so that no payment waits for it. A task that
-- only fails of itself goes to a person, and wrong answers at look-up are slowed down.

create domain seal_hash as text check (value ~ '^[0-9a-f]{64}$');

-- One link of the chain: the audit rows after the link before, through the row named here.
create table audit_seal (
  chain text not null,
  seal_no integer not null,
  sealed_at timestamptz not null,
  through_at timestamptz not null,
  through_subject_id text not null,
  through_audit_id text not null,
  rows_sealed positive_integer not null,
  hash seal_hash not null,
  primary key (chain, seal_no)
);

create index audit_by_time on audit (at);

-- failures: how often it failed by a bug of ours, not by a neighbour. handed_at: since when a person
-- has to look.
alter table outbox_task add column failures integer not null default 0, add column handed_at timestamptz;
create index outbox_for_person on outbox_task (handed_at) where done_at is null and person_reason is not null;

-- Until when the next try has to wait.
alter table attempt add column wait_until timestamptz;
create index attempt_by_window on attempt (window_start);

-- Hands the task to a person's list with the reason; nothing is tried by itself from then on.
create function hand_to_person(p_payment_id text, p_kind text, p_item_no integer, p_reason text, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_attempts bigint;
begin
  update outbox_task set person_reason = p_reason, handed_at = p_now, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and done_at is null and person_reason is null
    returning attempts into v_attempts;
  if not found then return; end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'person:' || p_kind || ':' || p_item_no || ':' || v_attempts, p_now, 'jobs',
      'hand-to-person', p_reason)
    on conflict (subject_id, audit_id) do nothing;
end $$;

-- For callers that do not say the time.
create or replace function hand_to_person(p_payment_id text, p_kind text, p_item_no integer, p_reason text)
returns void language plpgsql as $$
begin
  perform hand_to_person(p_payment_id, p_kind, p_item_no, p_reason,
    date_trunc('milliseconds', clock_timestamp()));
end $$;

-- A claimed task failed by a bug of ours: tried again at p_next_at, and handed to a person after
-- p_most such failures. postponed | handed-over | gone (another runner has it, or a person).
create function fail_task(p_payment_id text, p_kind text, p_item_no integer, p_attempts integer,
  p_next_at timestamptz, p_most integer, p_reason text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_failures integer;
begin
  update outbox_task set failures = failures + 1, next_at = p_next_at, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and attempts = p_attempts and done_at is null and person_reason is null
    returning failures into v_failures;
  if not found then return 'gone'; end if;
  if v_failures < p_most then return 'postponed'; end if;
  perform hand_to_person(p_payment_id, p_kind, p_item_no, p_reason, p_now);
  return 'handed-over';
end $$;

-- A person looked and gives the task back. retried | not-listed | rejected: what the biller rejected
-- is not told to it again, it ends by a refund or by a new revision of the bill.
create function retry_task(p_payment_id text, p_kind text, p_item_no integer, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_attempts bigint;
begin
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

-- A look at a holder's data: the row of the look, and what is looked at.
create function look_at_account(p_account_id text, p_audit_id text, p_actor text, p_act text, p_now timestamptz)
returns setof account language plpgsql as $$
begin
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_account_id, p_audit_id, p_now, p_actor, p_act)
    on conflict (subject_id, audit_id) do nothing;
  return query select * from account where account_id = p_account_id;
end $$;

-- bound | not-looked-up | too-many-accounts. What a resident saved belongs to openid, and so does its
-- audit row, which names the account as its reason.
create function bind_account(p_openid text, p_account_id text, p_label text, p_household text, p_most integer,
  p_audit_id text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_others bigint;
begin
  if not exists (
    select from look_up_grant where openid = p_openid and account_id = p_account_id and until > p_now
  ) then return 'not-looked-up'; end if;
  select count(*) into v_others from binding where openid = p_openid and account_id <> p_account_id;
  if v_others >= p_most then return 'too-many-accounts'; end if;
  insert into binding (openid, account_id, label, household, bound_at)
    values (p_openid, p_account_id, p_label, p_household, p_now)
    on conflict (openid, account_id) do update set label = excluded.label, household = excluded.household;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_openid, p_audit_id, p_now, p_openid, 'bind-account', p_account_id)
    on conflict (subject_id, audit_id) do nothing;
  return 'bound';
end $$;

-- Ends the link and grants it back until p_undo_until; false when there is none. The same call again
-- (a connection may break after the commit) says what it said.
create function unbind_account(p_openid text, p_account_id text, p_undo_until timestamptz, p_audit_id text,
  p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_deleted integer;
begin
  if exists (select from audit where subject_id = p_openid and audit_id = p_audit_id) then return true; end if;
  delete from binding where openid = p_openid and account_id = p_account_id;
  get diagnostics v_deleted = row_count;
  if v_deleted = 0 then return false; end if;
  insert into look_up_grant (openid, account_id, until) values (p_openid, p_account_id, p_undo_until)
    on conflict (openid, account_id) do update set until = excluded.until;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_openid, p_audit_id, p_now, p_openid, 'unbind-account', p_account_id);
  return true;
end $$;

-- Counts a wrong answer of p_subject in its window; from the p_free-th on, each doubles the wait.
create function count_wrong_answer(p_subject text, p_window_start timestamptz, p_free integer,
  p_first_wait interval, p_now timestamptz)
returns void language plpgsql as $$
declare
  v_tries integer;
begin
  v_tries := count_attempt(p_subject, p_window_start);
  if v_tries < p_free then return; end if;
  update attempt set wait_until = p_now + p_first_wait * power(2, least(v_tries - p_free, 20))
    where subject = p_subject and window_start = p_window_start;
end $$;

-- False when the id is another member's. The same invitation again changes nothing.
create function invite_staff(p_staff_id text, p_biller_id text, p_openid text, p_display_name text, p_role text,
  p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_inserted integer;
begin
  insert into staff (staff_id, biller_id, openid, display_name, role, invited_at)
    values (p_staff_id, p_biller_id, p_openid, p_display_name, p_role, p_now)
    on conflict (staff_id) do nothing;
  get diagnostics v_inserted = row_count;
  if v_inserted = 0 then
    return exists (
      select from staff where staff_id = p_staff_id and biller_id = p_biller_id and openid = p_openid
        and role = p_role and revoked_at is null
    );
  end if;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_staff_id, 'invite', p_now, 'operator', 'invite-staff', p_role);
  return true;
end $$;

-- False when there is no such member, or not any more.
create function revoke_staff(p_staff_id text, p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  update staff set revoked_at = p_now where staff_id = p_staff_id and revoked_at is null;
  get diagnostics v_updated = row_count;
  if v_updated = 0 then return false; end if;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_staff_id, 'revoke', p_now, 'operator', 'revoke-staff');
  return true;
end $$;

-- The same as before, and a repeated print has its row, too.
create or replace function print_receipt(p_payment_id text, p_item_no integer, p_staff_id text, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_receipt record;
begin
  select printed_at, printed_by into v_receipt
    from payment_item where payment_id = p_payment_id and item_no = p_item_no for update;
  if v_receipt.printed_at is not null then
    insert into audit (subject_id, audit_id, at, actor, act)
      values (p_payment_id,
        'print-again:' || p_item_no || ':' || p_staff_id || ':' || (extract(epoch from p_now) * 1000)::bigint,
        p_now, p_staff_id, 'print-receipt-again')
      on conflict (subject_id, audit_id) do nothing;
    return jsonb_build_object('again', true, 'printed_at', v_receipt.printed_at, 'printed_by', v_receipt.printed_by);
  end if;
  update payment_item set printed_at = p_now, printed_by = p_staff_id
    where payment_id = p_payment_id and item_no = p_item_no;
  insert into audit (subject_id, audit_id, at, actor, act)
    values (p_payment_id, 'print:' || p_item_no, p_now, p_staff_id, 'print-receipt');
  return jsonb_build_object('again', false, 'printed_at', p_now, 'printed_by', p_staff_id);
end $$;
