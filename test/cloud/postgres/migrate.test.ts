import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { MigrationChanged, migrate } from '../../../src/cloud/postgres/migrate'
import { aDatabase, engineName } from '../../support/databases'

const MIGRATIONS = join(__dirname, '../../../src/cloud/postgres/migrations')

/** Which column decides where a row lives; reference tables live everywhere. */
const DISTRIBUTION: Record<string, string> = {
  account: 'account_id',
  bill: 'account_id',
  resident: 'openid',
  binding: 'openid',
  look_up_grant: 'openid',
  attempt: 'subject',
  audit: 'subject_id',
  audit_seal: 'chain',
  payment: 'payment_id',
  payment_order: 'payment_id',
  payment_item: 'payment_id',
  movement: 'payment_id',
  outbox_task: 'payment_id',
  refund: 'payment_id',
  hosted_posting: 'posting_id',
  hosted_reversal: 'posting_id',
  difference: 'payment_id',
  daily_file: 'owner_id',
  ledger_flaw: 'payment_id',
  dispute: 'payment_id',
  dispute_evidence: 'payment_id',
  watch: 'name',
  wallet_movement: 'payee_id',
}
const REFERENCE = ['biller', 'staff', 'migration']

describe(`the schema on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  it('is applied once: a second run applies nothing', async () => {
    expect(await migrate(database)).toEqual([])
  })

  it('refuses a migration that was changed after it was applied', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
    cpSync(MIGRATIONS, folder, { recursive: true })
    const first = readdirSync(folder).sort()[0] as string
    appendFileSync(join(folder, first), '\n-- changed')
    await expect(migrate(database, folder)).rejects.toThrow(MigrationChanged)
  })

  it('puts the distribution column first in every key', async () => {
    const keys = await database.run<{ table_name: string; first_column: string }>(
      statement(
        'keys-of-catalog',
        `select c.relname as table_name, a.attname as first_column from pg_index i
           join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
           join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
         where n.nspname = 'public' and i.indisunique`,
      ),
    )
    expect(keys.length).toBeGreaterThan(13)
    for (const key of keys) {
      if (REFERENCE.includes(key.table_name)) continue
      expect([key.table_name, key.first_column]).toEqual([
        key.table_name,
        DISTRIBUTION[key.table_name],
      ])
    }
  })

  it('has foreign keys only inside a group or to a reference table', async () => {
    const links = await database.run<{ child: string; parent: string }>(
      statement(
        'foreign-keys-of-catalog',
        `select c.relname as child, p.relname as parent from pg_constraint k
           join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f'`,
      ),
    )
    expect(links.length).toBeGreaterThan(5)
    for (const { child, parent } of links) {
      if (REFERENCE.includes(parent)) continue
      expect(DISTRIBUTION[child]).toBe(DISTRIBUTION[parent])
    }
  })

  it('has one check per table at most: each is read anew by every statement', async () => {
    const tables = await database.run<{ checks: number }>(
      statement(
        'checks-of-catalog',
        `select count(*)::int as checks from pg_constraint
         where contype = 'c' and conrelid <> 0 and connamespace = 'public'::regnamespace group by conrelid`,
      ),
    )
    expect(tables.length).toBeGreaterThan(3)
    for (const { checks } of tables) expect(checks).toBe(1)
  })

  it('has no triggers of its own', async () => {
    const triggers = await database.run(
      statement('triggers-of-catalog', 'select tgname from pg_trigger where not tgisinternal'),
    )
    expect(triggers).toEqual([])
  })

  it('keeps to the forms that also run on a distributed PostgreSQL', () => {
    const functions = readdirSync(MIGRATIONS)
      .map((file) => readFileSync(join(MIGRATIONS, file), 'utf8').replace(/--.*$/gm, ''))
      .join('\n')
    expect(functions).not.toMatch(/insert into[^;]*\)\s*select/i)
    expect(functions).not.toMatch(/case\s+v_\w+\s+when/i)
    expect(functions).not.toMatch(/do update set[^;]*now\(\)/i)
    expect(functions).not.toMatch(/\braise\b/i)
    expect(functions).not.toMatch(/values\s*\([^;]*\(\s*select/i)
  })
})
