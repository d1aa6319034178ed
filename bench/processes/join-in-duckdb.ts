import { DuckDBInstance } from '@duckdb/node-api'

/** The yardstick, in a process of its own: the same files read and joined, a round for each word it is sent. */
export type Joined = { seconds: number; peakMegabytes: number; found: number }

/** Of the 27 columns of a trade file, those that the match needs, by their place. */
const COLUMNS = Array.from({ length: 27 }, (_, index) => `'c${index + 1}': 'VARCHAR'`).join(', ')
const { BENCH_FILES: folder = '.', BENCH_DAY: day } = process.env

const JOIN = `
with trade as (
  select c10 = '\`REFUND' as back, substr(c7, 2) as order_number, substr(c6, 2) as transaction_id,
    substr(c16, 2) as refund_number,
    round(cast(substr(case when c10 = '\`REFUND' then c26 else c25 end, 2) as double) * 100)::bigint as amount,
    round(cast(substr(c23, 2) as double) * 100)::bigint as fee,
    strptime(substr(c1, 2), '%Y-%m-%d %H:%M:%S') as at
  from read_csv('${folder}/trade-*.csv.gz', columns = {${COLUMNS}}, auto_detect = false, header = false, skip = 1,
    delim = ',', quote = '', escape = '', null_padding = true, compression = 'gzip')
  where c10 in ('\`SUCCESS', '\`REFUND')
), orders as (
  select * from read_csv('${folder}/ledger-orders.csv', header = true, columns = {'order_number': 'VARCHAR',
    'transaction_id': 'VARCHAR', 'amount': 'BIGINT', 'fee': 'BIGINT'}, auto_detect = false, delim = ',')
), refunds as (
  select * from read_csv('${folder}/ledger-refunds.csv', header = true, columns = {'refund_number': 'VARCHAR',
    'amount': 'BIGINT'}, auto_detect = false, delim = ',')
), credits as (
  select * from read_csv('${folder}/postings-*.csv', header = false, skip = 1, columns = {'posting_id': 'VARCHAR',
    'posting_number': 'VARCHAR', 'amount': 'BIGINT', 'posted_at': 'BIGINT'}, auto_detect = false, delim = ',',
    null_padding = true, comment = '#')
), items as (
  select * from read_csv('${folder}/ledger-items.csv', header = true, columns = {'posting_id': 'VARCHAR',
    'posting_number': 'VARCHAR', 'amount': 'BIGINT'}, auto_detect = false, delim = ',')
)
select (
  select count(*) from (select * from trade where not back) t full join orders o using (order_number)
  where t.amount is null or o.amount is null or t.amount <> o.amount or t.transaction_id <> o.transaction_id
    or t.fee <> o.fee or t.at not between timestamp '${day}' and timestamp '${day}' + interval 1 day
) + (
  select count(*) from (select * from trade where back) t full join refunds r using (refund_number)
  where t.amount is null or r.amount is null or t.amount <> r.amount
) + (
  select count(*) from credits c full join items i using (posting_id)
  where c.amount is null or i.amount is null or c.amount <> i.amount or c.posting_number <> i.posting_number
) as found`

process.on('message', () => {
  join().then(
    (joined) => process.send?.(joined),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})

/** A fresh instance each time, so that nothing of a round before is kept. */
async function join(): Promise<Joined> {
  const startedAt = performance.now()
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(JOIN)
  const found = Number(reader.getRows()[0]?.[0])
  connection.closeSync()
  instance.closeSync()
  return {
    seconds: (performance.now() - startedAt) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    found,
  }
}
