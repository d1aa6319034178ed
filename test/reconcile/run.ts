import { parseArgs } from 'node:util'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { isPerfect, judgeDay, judgeNextDay } from './judge-day'
import { playDay } from './play-day'
import { tableOf } from './report'

/** A day of payments in three books with planted differences: what the daily match makes of it. */
const { values } = parseArgs({
  options: {
    demo: { type: 'boolean', default: false },
    payments: { type: 'string', default: '100000' },
    planted: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})
const MOST_TOLD = 20

async function main(): Promise<boolean> {
  const url = process.env.RECONCILE_DATABASE_URL ?? ''
  const database = openServerDatabase({ url, connections: 8 })
  const size = {
    payments: Number(values.payments),
    planted: Number(values.planted),
    seed: Number(values.seed),
  }
  const print = (text: string) => process.stdout.write(`${text}\n`)
  const played = await playDay(database, size, print)
  await database.close()
  const verdict = judgeDay(played)
  const nextDay = judgeNextDay(played)
  print(tableOf('by reason', verdict.byReason, verdict.all))
  print(tableOf('by merchant or biller', verdict.byOwner, verdict.all))
  for (const line of [...verdict.wrong, ...nextDay].slice(0, MOST_TOLD)) print(`  ${line}`)
  const { run, again, nextDay: next, made } = played.seconds
  print(
    `made in ${made.toFixed(1)} s, matched in ${run.toFixed(1)} s, once more in ${again.toFixed(1)} s, the day after in ${next.toFixed(1)} s`,
  )
  print(
    JSON.stringify({
      ...size,
      rows: played.rows,
      ...verdict.all,
      changedBySecondRun: !played.isUnchangedBySecondRun,
      wrongOnTheDayAfter: nextDay.length,
      ledgerFen: played.ledgerFen,
    }),
  )
  return isPerfect(verdict, played)
}

main().then(
  (isWell) => process.exit(isWell ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(2)
  },
)
