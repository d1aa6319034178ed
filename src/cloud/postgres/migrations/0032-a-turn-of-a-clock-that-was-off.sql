-- As before, and: a turn that lies ahead was taken by a clock that was off.
create or replace function take_turn(p_name text, p_now timestamptz, p_every interval)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  insert into watch (name, at) values (p_name, p_now - p_every) on conflict (name) do nothing;
  update watch set at = p_now where name = p_name and (at <= p_now - p_every or at >= p_now + p_every);
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;
