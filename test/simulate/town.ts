import { type Database, statement } from '../../src/cloud/postgres/database'
import { seal } from '../../src/cloud/postgres/personal-data'
import type { Ports } from '../../src/cloud/use-cases/ports'
import type { Plan } from './plan'

const EMPTY = statement(
  'simulate-empty',
  `truncate payment, payment_order, payment_item, movement, outbox_task, refund, audit, audit_seal, bill,
     account, binding, staff, attempt, look_up_grant, resident, daily_file, difference, staged_trade, staged_posting, wallet_movement cascade`,
)
const BILLERS = statement(
  'simulate-billers',
  'insert into biller select unnest($1::text[]) on conflict do nothing',
)
const ACCOUNTS = statement(
  'simulate-accounts',
  `insert into account (account_id, biller_id, account_number, holder_sealed, address_sealed, meter_number,
     people, state, synced_at)
   select id, biller, number, holder, address, 'M1', 2, state, $5::timestamptz
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $6::text[], $7::text[])
     as t(id, biller, holder, address, number, state)`,
)
const BILLS = statement(
  'simulate-bills',
  `insert into bill (account_id, bill_id, biller_id, revision, month, period_from, period_to, issued_on,
     due_on, previous_reading, current_reading, read_on, read_kind, usage, used_before, lines,
     principal_fen, tariff_version, status)
   select account, id, biller, 1, month, '2026-09-20', '2026-10-20', '2026-08-22', due::date, 0, 4500,
     '2026-10-20', 'actual', 4500, 0, '[]', principal, 'beijing-electricity-2012', 'due'
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
     as t(account, id, biller, month, principal, due)`,
)
const BINDINGS = statement(
  'simulate-bindings',
  `insert into binding (openid, account_id, label, household, bound_at)
   select openid, account, '', '我家', $3::timestamptz from unnest($1::text[], $2::text[]) as t(openid, account)`,
)

const DESKS = statement(
  'simulate-desks',
  `insert into staff (staff_id, biller_id, openid, display_name, role, invited_at)
   select id, biller, openid, id, role, $5::timestamptz
   from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(id, biller, openid, role)`,
)

/** Nobody else has the engine drop the files of emptied tables, and the journal. */
const TIDY = statement('simulate-tidy', 'checkpoint')

/** One database serves many histories. */
export async function emptyTown(database: Database): Promise<void> {
  await database.run(EMPTY)
  await database.run(TIDY)
}

export async function fillTown(
  { database, ports }: { database: Database; ports: Ports },
  plan: Plan,
  now: number,
): Promise<void> {
  const at = new Date(now).toISOString()
  const sealed = (column: string, plain: string) =>
    plan.accounts.map(({ accountId }) =>
      seal(ports.personalData, { table: 'account', row: accountId, column }, plain),
    )
  await database.run(BILLERS, [plan.billerIds])
  await database.run(ACCOUNTS, [
    plan.accounts.map(({ accountId }) => accountId),
    plan.accounts.map(({ billerId }) => billerId),
    sealed('holder', '王建国'),
    sealed('address', '望京街16号'),
    at,
    plan.accounts.map(({ accountNumber }) => accountNumber),
    plan.accounts.map(({ state }) => state),
  ])
  const bills = plan.accounts.flatMap((account) => account.bills)
  await database.run(BILLS, [
    bills.map(({ accountId }) => accountId),
    bills.map(({ billId }) => billId),
    bills.map(({ billerId }) => billerId),
    bills.map(({ month }) => month),
    bills.map(({ principal }) => String(principal)),
    bills.map(({ dueOn }) => dueOn),
  ])
  await database.run(BINDINGS, [
    plan.bindings.map(({ openid }) => openid),
    plan.bindings.map(({ accountId }) => accountId),
    at,
  ])
  await database.run(DESKS, [
    plan.desks.map(({ staffId }) => staffId),
    plan.desks.map(({ billerId }) => billerId),
    plan.desks.map(({ openid }) => openid),
    plan.desks.map(({ role }) => role),
    at,
  ])
}
