import { parseArgs } from 'node:util'
import pg from 'pg'
import { race, wrongIn } from './race'

/** 2,000 payments, ten copies of each notice from 64 workers, then each wanted back by two at once. */
const { values } = parseArgs({ options: { payments: { type: 'string', default: '2000' } } })
const LEVELS = ['read committed', 'serializable']

async function main(): Promise<boolean> {
  const payments = Number(values.payments)
  let isWell = true
  for (const level of LEVELS) {
    const url = await aDatabaseAt(level)
    const raced = await race(url, payments)
    const { credits, refunds, receipts, answers, seconds } = raced
    const wrong = wrongIn(raced, payments)
    isWell &&= wrong.length === 0
    process.stdout.write(
      `${level}: ${credits} credits, ${refunds} refunds, ${receipts} receipts, ${seconds.toFixed(1)} s; ` +
        `${wrong.join('; ') || 'every account holds what it has to'}\n`,
    )
    process.stdout.write(`  ${JSON.stringify(answers)}\n`)
  }
  return isWell
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
