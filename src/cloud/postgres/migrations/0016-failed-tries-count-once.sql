-- A try that failed counts once, however often it is told: when the answer of fail_task is lost, it is
-- called again, and a task must not come to a person before its time.

-- failed_attempt: the number of the try that failed last. A plain number, not a domain: a column of a
-- domain would have the whole table written anew.
alter table outbox_task add column failed_attempt integer;

-- A claimed task failed by a bug of ours: tried again at p_next_at, and handed to a person after
-- p_most such failures. postponed | handed-over, the same again for the same try | gone (another runner
-- has it, or a person).
create or replace function fail_task(p_payment_id text, p_kind text, p_item_no integer, p_attempts integer,
  p_next_at timestamptz, p_most integer, p_reason text, p_now timestamptz)
returns text language plpgsql as $$
declare
  v_failures integer;
begin
  update outbox_task
    set failures = failures + 1, failed_attempt = p_attempts, next_at = p_next_at, locked_until = null
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and attempts = p_attempts and failed_attempt is distinct from p_attempts
      and done_at is null and person_reason is null
    returning failures into v_failures;
  if found then
    if v_failures < p_most then return 'postponed'; end if;
    perform hand_to_person(p_payment_id, p_kind, p_item_no, p_reason, p_now);
    return 'handed-over';
  end if;
  select failures into v_failures from outbox_task
    where payment_id = p_payment_id and kind = p_kind and item_no = p_item_no
      and failed_attempt = p_attempts;
  if not found then return 'gone'; end if;
  return case when v_failures < p_most then 'postponed' else 'handed-over' end;
end $$;
