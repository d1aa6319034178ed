-- Billers without a system of their own: what they were told is recorded here, once per posting.

create table hosted_posting (
  posting_id text primary key,
  account_id text not null,
  bill_id text not null,
  posting_number text not null,
  posted_at timestamptz not null
);

create function record_hosted_posting(p_posting_id text, p_account_id text, p_bill_id text,
  p_posting_number text, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_posting record;
begin
  insert into hosted_posting (posting_id, account_id, bill_id, posting_number, posted_at)
    values (p_posting_id, p_account_id, p_bill_id, p_posting_number, p_now)
    on conflict (posting_id) do nothing;
  select posting_number, posted_at into v_posting from hosted_posting where posting_id = p_posting_id;
  return jsonb_build_object('posting_number', v_posting.posting_number, 'posted_at', v_posting.posted_at);
end $$;
