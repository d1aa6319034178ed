import { parseArgs } from 'node:util'
import pg from 'pg'
import { race } from './race'
import { wrongIn } from './wrong-in'

/** 2,000 payments, ten copies of each notice from 64 workers, then each wanted back by two at once. */
const { values } = parseArgs({ options: { payments: { type: 'string', default: '2000' } } })
const LEVELS = ['read committed', 'serializable']

async function main(): Promise<boolean> {
  const payments = Number(values.payments)
  let isWell = true
  for (const level of LEVELS) {
    const url = await aDatabaseAt(level)
    const raced = await race(url, payments)
    const { books } = raced.givenBack
    const wrong = wrongIn(raced, payments)
    isWell &&= wrong.length === 0
    process.stdout.write(
      `${level}: ${books.credits} credits, ${books.refunds} refunds, ${books.receiptCodes} receipts, ` +
        `${raced.seconds.toFixed(1)} s; ${wrong.join('; ') || 'every account holds what it has to'}\n`,
    )
    process.stdout.write(`  ${JSON.stringify({ ...tally(raced.took), ...tally(raced.asked) })}\n`)
  }
  return isWell
}

/** How often each answer was given, of all payments. */
function tally(answers: ReadonlyMap<string, readonly string[]>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const answer of [...answers.values()].flat()) counts[answer] = (counts[answer] ?? 0) + 1
  return counts
}

/** A database whose transactions all have this isolation. */
async function aDatabaseAt(level: string): Promise<string> {
  const url = process.env.RACES_DATABASE_URL ?? ''
  const name = `races_${level.replace(' ', '_')}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.query(`alter database ${name} set default_transaction_isolation to '${level}'`)
  await admin.end()
  return url.replace(/\/[^/]*$/, `/${name}`)
}

main().then(
  (isWell) => process.exit(isWell ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(2)
  },
)
