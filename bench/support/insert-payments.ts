import pg from 'pg'
import { loadManifests } from '../../src/cloud/billers/load-manifests'
import { type PersonalDataKeys, seal } from '../../src/cloud/postgres/personal-data'

/** Four billers whose money one service provider brings them. */
export const BENCH_BILLERS = loadManifests()
  .flatMap(({ id, payee }) => (payee.mode === 'partner' ? [{ id, subMchid: payee.subMchid }] : []))
  .slice(0, 4)

const BATCH = 5_000

/** Accounts, bills and payments in the state in which a notice finds them. */
export async function insertPayments(
  url: string,
  keys: PersonalDataKeys,
  ids: readonly string[],
  amount: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const { id } of BENCH_BILLERS) {
    await client.query('insert into biller values ($1) on conflict do nothing', [id])
  }
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH)
    const billers = batch.map((_, index) => BENCH_BILLERS[(from + index) % 4]?.id)
    const payees = batch.map((_, index) => BENCH_BILLERS[(from + index) % 4]?.subMchid)
    const openids = batch.map((_, index) => `o-bench-${from + index}`)
    const sealed = (column: string, plain: string) =>
      batch.map((id) => seal(keys, { table: 'account', row: `bench-${id}`, column }, plain))
    const holders = sealed('holder', '王建国')
    const addresses = sealed('address', '朝阳区望京街16号0603室')
    for (const text of STATEMENTS) {
      await client.query(text, [batch, billers, payees, openids, amount, holders, addresses])
    }
  }
  await client.query('analyze')
  await client.end()
}

const ROWS = `unnest($1::text[], $2::text[], $3::text[], $4::text[], $6::text[], $7::text[])
  as t(id, biller, payee, openid, holder, address), (select $5::bigint as amount) as one`
const STATEMENTS = [
  `insert into account (account_id, biller_id, account_number, holder_sealed, address_sealed,
     meter_number, people, state, synced_at)
   select 'bench-' || id, biller, '441020933317', holder, address, 'M1', 2, 'active', now() from ${ROWS}`,
  `insert into bill (account_id, bill_id, biller_id, revision, month, period_from, period_to, issued_on,
     due_on, previous_reading, current_reading, read_on, read_kind, usage, used_before, lines,
     principal_fen, tariff_version, status, lock_payment_id)
   select 'bench-' || id, '2026-10', biller, 1, '2026-10', '2026-09-20', '2026-10-20', '2026-10-22',
     '2026-11-04', 0, 45000, '2026-10-20', 'actual', 45000, 0, '[]', amount,
     'beijing-electricity-2012', 'due', id from ${ROWS}`,
  `insert into payment (payment_id, openid, phone_payment_id, digest, state, mode, kind, merchant_id,
     order_number, amount_fen, prepay_id, quoted_at, expires_at, created_at, next_ask_at)
   select id, openid, id, 'bench', 'awaiting', 'partner', 'ordinary', '1900000100', id || '01', amount,
     'prepay', now(), now() + interval '1 day', now(), now() + interval '1 day' from ${ROWS}`,
  `insert into payment_order (payment_id, order_no, order_number, payee_id, amount_fen)
   select id, 1, id || '01', payee, amount from ${ROWS}`,
  `insert into payment_item (payment_id, item_no, order_no, biller_id, account_id, account_tail,
     bill_id, revision, month, due_on, principal_fen, late_fee_fen, receipt_number)
   select id, 1, 1, biller, 'bench-' || id, '3317', '2026-10', 1, '2026-10', '2026-11-04', amount, 0,
     'WJ26-1116-' || id
   from ${ROWS}`,
]
