import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isTakenAtItsWord } from '../../config/mutate/survivors.mjs'
import { catalogueOf } from './catalogue'
import { judgeMutant, type Verdict } from './judge-mutant'
import { findJudges, judgesOf } from './judges'
import { eachInLanes } from './lanes'
import { drawnOf } from './money'
import { labelOf, type Mutant, mutantsOf } from './mutants'
import { BASE, openServer, type Server } from './server'

/**
 * Mutants of the SQL as it stands after all migrations, each judged by the tests of the cloud on a
 * server: a part drawn where money moves. `--only TEXT` takes instead all whose name has the text in
 * it, `--list` names them.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, list: { type: 'boolean', default: false } },
})
const REPORT = '.cache/mutate/sql-report.json'
const NOT_FOUND: Verdict = { status: 'survived' }
/** How many are drawn. */
const MANY = 80
const PROGRESS_MS = 15_000

type Judged = { mutant: Mutant; verdict: Verdict }

async function main(): Promise<void> {
  const server = openServer(process.env.MUTATE_DATABASE_URL ?? '')
  try {
    const mutants = mutantsOf(await server.within(BASE, catalogueOf))
    const wanted =
      values.only === undefined
        ? drawnOf(mutants, MANY)
        : mutants.filter((mutant) => labelOf(mutant).includes(values.only ?? ''))
    if (values.list) for (const mutant of wanted) say(`${mutant.what}\t${labelOf(mutant)}`)
    else report(await judgeAll(server, wanted))
  } finally {
    await server.close()
  }
}

async function judgeAll(server: Server, mutants: readonly Mutant[]): Promise<Judged[]> {
  const judges = await findJudges(server, BASE, say)
  const judged: Judged[] = []
  const progress = setInterval(() => {
    const survived = judged.filter(({ verdict }) => verdict.status === 'survived').length
    say(`${judged.length} of ${mutants.length} mutants of the SQL, ${survived} survived`)
  }, PROGRESS_MS)
  await eachInLanes(mutants, async (mutant, lane) => {
    const names = { base: BASE, name: `mutate_${lane}` }
    const own = judgesOf(judges, mutant.calls)
    const verdict = isTakenAtItsWord('sql', labelOf(mutant))
      ? NOT_FOUND
      : await judgeMutant(server, names, { mutant, judges: own })
    judged.push({ mutant, verdict })
  })
  clearInterval(progress)
  return judged
}

function report(judged: readonly Judged[]): void {
  const labels = (...statuses: Verdict['status'][]) =>
    judged
      .filter(({ verdict }) => statuses.includes(verdict.status))
      .map(({ mutant }) => labelOf(mutant))
      .sort()
  const killed = labels('killed', 'timed out')
  const survived = labels('survived')
  mkdirSync('.cache/mutate', { recursive: true })
  writeFileSync(
    REPORT,
    JSON.stringify({ killed: killed.length, survived, invalid: labels('invalid') }, null, 2),
  )
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(2)
  },
)
