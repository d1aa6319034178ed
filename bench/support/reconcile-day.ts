import pg from 'pg'
import { loadManifests } from '../../src/cloud/billers/load-manifests'
import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { migrate } from '../../src/cloud/postgres/migrate'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { seededChance } from '../../src/simulators/seeded-chance'
import { makeKeys } from '../../src/stand/make-keys'
import { environmentFor, simulatedMerchants } from '../../src/stand/neighbours'
import { writeDay } from '../../test/reconcile/in-our-books'
import { DAY, MADE_BILLERS, madeDay } from '../../test/reconcile/made-day'
import { plant } from '../../test/reconcile/plants'
import { FOUND, type FoundDifference } from '../../test/reconcile/play-day'
import { writeDayFiles } from './day-files'
import { serveFiles } from './file-server'

/** The morning after, when the files are there. */
const NOW = Date.parse('2026-11-17T10:30:00+08:00')
const DAY_FROM = `timestamptz '${DAY} 00:00+08'`
const IS_OF_DAY = (at: string) => `${at} >= ${DAY_FROM} and ${at} < ${DAY_FROM} + interval '1 day'`
/** What the yardstick joins the files with; WeChat's fee is the contract's share of what was paid. */
const EXPORTS = {
  'ledger-orders': `select o.order_number, o.transaction_id, o.amount_fen as amount,
    round(o.amount_fen * coalesce(f.fee, 0) / 1000000.0)::bigint as fee
    from payment_order o left join fee_of f on f.payee = o.payee_id where ${IS_OF_DAY('o.paid_at')}`,
  'ledger-refunds': `select refund_number, amount_fen as amount from refund where ${IS_OF_DAY('sent_at')}`,
  'ledger-items': `select payment_id || '-' || item_no as posting_id, posting_number, amount_fen as amount
    from payment_item where ${IS_OF_DAY('posted_at')}`,
}
/** Everything as it was before the first match, but for the fund flow, which the yardstick does not read. */
const FORGET = [
  'delete from difference',
  `delete from audit where act in ('match-day', 'note-difference')`,
  `update daily_file set state = 'wanted', next_at = to_timestamp(0), locked_until = null, attempts = 0,
     staged_attempt = null, row_count = null, digest = null, sums = null, staged_at = null, left_rows = null, unmet = null,
     matched_at = null
   where source <> 'fund-flow'`,
  'truncate staged_trade, staged_posting',
  'checkpoint',
]

/** A day in our books and in everybody's files, with planted differences. */
export async function preparedDay(settings: {
  url: string
  folder: string
  payments: number
  planted: number
  seed: number
}) {
  const { url, folder, payments, planted, seed } = settings
  const keys = makeKeys()
  const chance = seededChance(seed)
  const day = madeDay(chance, payments)
  const expected = plant(day, planted, chance)
  const server = await serveFiles(
    writeDayFiles(folder, day, simulatedMerchants(keys)),
    keys,
    () => NOW,
  )
  const environment = {
    ...environmentFor(keys, {
      weChatPayUrl: server.url,
      notifyUrl: 'https://bench.invalid/wechat-pay/notices',
      endpoints: Object.fromEntries(
        MADE_BILLERS.filter(({ isHosted }) => !isHosted).map(({ id }) => [
          id,
          { baseUrl: `${server.url}/billers/${id}`, keys: { 'biller-1': keys.biller.publicKey } },
        ]),
      ),
    }),
    DATABASE_URL: url,
    BENCH_NOW: String(NOW),
    BENCH_FILES: folder,
    BENCH_DAY: DAY,
  }
  const database = openServerDatabase({ url, connections: 4 })
  await migrate(database)
  await writeDay(database, composePorts(readConfig(environment), { database }).personalData, day)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await exportBooks(client, folder)
  await client.query('vacuum analyze')
  process.stderr.write(`${payments} payments in three books, ${planted} differences planted\n`)
  return {
    environment,
    expected,
    found: () => database.run<FoundDifference>(FOUND),
    /** Of WeChat's trade files. */
    rows: async (): Promise<number> => {
      const { rows } = await client.query<{ rows: string }>(
        `select sum(row_count) as rows from daily_file where source = 'trade'`,
      )
      return Number(rows[0]?.rows)
    },
    forget: async (): Promise<void> => {
      for (const text of FORGET) await client.query(text)
    },
    close: async (): Promise<void> => {
      server.close()
      await client.end()
      await database.close()
    },
  }
}

async function exportBooks(client: pg.Client, folder: string): Promise<void> {
  await client.query('create temporary table fee_of (payee text, fee bigint)')
  for (const { payee } of loadManifests())
    if (payee.mode === 'direct')
      await client.query('insert into fee_of values ($1, $2)', [payee.mchid, payee.feePerMillion])
  for (const [name, text] of Object.entries(EXPORTS))
    await client.query(`copy (${text}) to '${folder}/${name}.csv' (format csv, header)`)
}
