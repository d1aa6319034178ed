-- As before, and: a file that was wanted before, and is not matched, is asked for at once.
create or replace function want_file(p_owner_id text, p_source text, p_day date, p_now timestamptz)
returns void language plpgsql as $$
begin
  insert into daily_file (owner_id, source, day, next_at) values (p_owner_id, p_source, p_day, p_now)
    on conflict (owner_id, source, day) do update set next_at = p_now
      where daily_file.state <> 'matched' and daily_file.next_at > p_now;
end $$;
