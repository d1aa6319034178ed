-- What watches the money: the ledger against what items and refunds say, and how old what is not ended is.

-- Movements are only ever added, in the order of time: this index costs next to nothing.
create index movement_by_time on movement using brin (at) with (pages_per_range = 16);

-- When a gauge last rang, and through when the ledger was checked.
create table watch (
  name text primary key,
  at timestamptz not null
);

-- An account of an item that does not hold what the item and its refunds say. It stays until a
-- person has found out what it was and the two agree again; what became of it is in the audit.
create table ledger_flaw (
  payment_id text not null,
  item_no integer not null,
  account text not null,
  ledger_fen bigint not null,
  items_fen bigint not null,
  found_at timestamptz not null,
  primary key (payment_id, item_no, account)
);

-- True once in p_every for each name, whoever asks.
create function take_turn(p_name text, p_now timestamptz, p_every interval)
returns boolean language plpgsql as $$
declare
  v_updated integer;
begin
  insert into watch (name, at) values (p_name, p_now - p_every) on conflict (name) do nothing;
  update watch set at = p_now where name = p_name and at <= p_now - p_every;
  get diagnostics v_updated = row_count;
  return v_updated = 1;
end $$;

-- How far something has come; never back.
create function come_to(p_name text, p_at timestamptz)
returns void language plpgsql as $$
begin
  insert into watch (name, at) values (p_name, p_at)
    on conflict (name) do update set at = greatest(watch.at, excluded.at);
end $$;

-- What each account of an item has to hold, from the item's state and its refunds. wallet stands for the
-- wallet and what coupons paid.
create function items_say(p_payment_id text)
returns table (item_no integer, account text, fen bigint) language sql stable as $$
  with item as (
    select i.item_no, i.amount_fen::bigint as amount, i.reversed_fen,
      case when i.state = 'posted' then i.amount_fen else 0 end::bigint as posted
    from payment p join payment_item i on i.payment_id = p.payment_id
    where p.payment_id = p_payment_id and p.state = 'paid'
  ), given as (
    select r.item_no,
      coalesce(sum(r.amount_fen) filter (where r.state in ('sent', 'abnormal')), 0)::bigint as refunding,
      coalesce(sum(r.amount_fen) filter (where r.state = 'done'), 0)::bigint as done,
      coalesce(sum(r.amount_fen) filter (where r.takes_from = 'posted' and r.state in ('sent', 'abnormal', 'done')), 0)::bigint
        as of_posted
    from refund r where r.payment_id = p_payment_id group by r.item_no
  )
  select i.item_no, s.account, s.fen
  from item i left join given g on g.item_no = i.item_no
    cross join lateral (select coalesce(g.refunding, 0) as refunding, coalesce(g.done, 0) as done,
      coalesce(g.of_posted, 0) as of_posted) as n
    cross join lateral (values
      ('wallet', i.amount - n.done),
      ('posted', -(i.posted - i.reversed_fen - n.of_posted)),
      ('refunding', -n.refunding),
      ('unposted', -(i.amount - i.posted + i.reversed_fen - (n.refunding + n.done - n.of_posted)))
    ) as s (account, fen)
$$;

-- Where a payment's ledger and its items do not agree.
create function ledger_flaws(p_payment_id text)
returns table (item_no integer, account text, ledger_fen bigint, items_fen bigint) language sql stable as $$
  with held as (
    select e.item_no, case when e.ledger_account = 'promotion' then 'wallet' else e.ledger_account::text end as account,
      sum(e.amount_fen)::bigint as fen
    from ledger_entry e where e.payment_id = p_payment_id group by 1, 2
  )
  select coalesce(h.item_no, s.item_no), coalesce(h.account, s.account), coalesce(h.fen, 0), coalesce(s.fen, 0)
  from held h full join items_say(p_payment_id) s on s.item_no = h.item_no and s.account = h.account
  where coalesce(h.fen, 0) <> coalesce(s.fen, 0)
$$;

-- Checks every payment whose money moved in [p_from, p_to), notes each flaw once: {"payments": …, "flaws": new ones}.
create function check_ledger(p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_payment_id text;
  v_flaw record;
  v_inserted integer;
  v_payments integer := 0;
  v_flaws integer := 0;
begin
  for v_payment_id in select distinct payment_id from movement where at >= p_from and at < p_to loop
    v_payments := v_payments + 1;
    for v_flaw in select * from ledger_flaws(v_payment_id) loop
      insert into ledger_flaw (payment_id, item_no, account, ledger_fen, items_fen, found_at)
        values (v_payment_id, v_flaw.item_no, v_flaw.account, v_flaw.ledger_fen, v_flaw.items_fen, p_now)
        on conflict (payment_id, item_no, account) do nothing;
      get diagnostics v_inserted = row_count;
      if v_inserted > 0 then
        v_flaws := v_flaws + 1;
        insert into audit (subject_id, audit_id, at, actor, act, reason)
          values (v_payment_id, 'ledger-flaw:' || v_flaw.item_no || ':' || v_flaw.account || ':' || extract(epoch from p_now)::bigint,
            p_now, 'jobs', 'note-ledger-flaw', v_flaw.account)
          on conflict (subject_id, audit_id) do nothing;
      end if;
    end loop;
  end loop;
  return jsonb_build_object('payments', v_payments, 'flaws', v_flaws);
end $$;

-- A person found out what it was. told | not-listed | still-there
create function end_ledger_flaw(p_payment_id text, p_item_no integer, p_account text, p_actor text, p_outcome text,
  p_now timestamptz)
returns text language plpgsql as $$
begin
  if not exists (select from ledger_flaw where payment_id = p_payment_id and item_no = p_item_no
    and account = p_account) then return 'not-listed'; end if;
  if exists (select from ledger_flaws(p_payment_id) f where f.item_no = p_item_no and f.account = p_account) then
    return 'still-there';
  end if;
  delete from ledger_flaw where payment_id = p_payment_id and item_no = p_item_no and account = p_account;
  insert into audit (subject_id, audit_id, at, actor, act, reason)
    values (p_payment_id, 'ledger-flaw-ended:' || p_item_no || ':' || p_account || ':' || extract(epoch from p_now)::bigint,
      p_now, p_actor, 'end-ledger-flaw', p_outcome)
    on conflict (subject_id, audit_id) do nothing;
  return 'told';
end $$;

-- How many of each kind have not ended, and since when the oldest (of disputes: by when the next answer is
-- due); each from an index of what is not ended.
create function gauges(p_now timestamptz)
returns table (gauge text, open bigint, since timestamptz) language sql stable as $$
  select 'unsettled', count(*), min(expires_at) from payment
    where state in ('created', 'awaiting') and expires_at < p_now
  union all
  select 'unposted', count(*), min(p.settled_at) from outbox_task t join payment p on p.payment_id = t.payment_id
    where t.done_at is null and t.person_reason is null and t.kind = 'post'
  union all
  select 'refund', count(*), min(requested_at) from refund where state in ('requested', 'approved', 'sent')
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
