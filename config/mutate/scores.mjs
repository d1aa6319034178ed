import { readFileSync } from 'node:fs'
import { LISTED, labelOf } from './survivors.mjs'

/** What has to be found of each part, in percent, whatever is listed as not to be found. */
const FLOORS = { core: 95, 'use-cases': 85, sql: 90 }

const FOUND = ['Killed', 'Timeout']
/** Stryker's word for a mutant that could not even be loaded. */
const INVALID = ['CompileError', 'RuntimeError']

/** What Stryker's report says: how many were found, and the names of those that were not. */
export function strykerResult(part) {
  const { files } = report(`${part}-report`)
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map(({ status, replacement, location: { start, end } }) => {
      const location = { start: fromZero(start), end: fromZero(end) }
      return { status, label: labelOf(file, source, { location, replacement }) }
    }),
  )
  const judged = all.filter(({ status }) => !INVALID.includes(status))
  const survived = judged.filter(({ status }) => !FOUND.includes(status))
  const labels = (some) => some.map(({ label }) => label).sort()
  return {
    killed: judged.length - survived.length,
    survived: labels(survived),
    invalid: labels(all.filter(({ status }) => INVALID.includes(status))),
  }
}

/** The same of the SQL. */
export function sqlResult() {
  return report('sql-report')
}

/** Prints every mistake that is not listed, then the table; gives whether all is as it has to be. */
export function printScores(results) {
  const scored = results.map(({ part, killed, survived, invalid, minutes }) => {
    const listed = LISTED[part]
    const unlisted = survived.filter((label) => listed[label] === undefined)
    const gone = Object.keys(listed).filter((label) => !survived.includes(label))
    for (const label of invalid) say(`cannot be loaded or judged, not counted, ${part}: ${label}`)
    for (const label of unlisted) say(`survives unlisted, ${part}: ${label}`)
    for (const label of gone) say(`is listed but does not survive, ${part}: ${label}`)
    const score = (100 * killed) / (killed + survived.length)
    return { part, killed, survived: survived.length, unlisted: unlisted.length, score, minutes }
  })
  say('part        killed  survived  unlisted   score  floor  minutes')
  for (const { part, killed, survived, unlisted, score, minutes } of scored) {
    const numbers = [
      String(killed).padStart(8),
      String(survived).padStart(10),
      String(unlisted).padStart(10),
      `${score.toFixed(1)} %`.padStart(8),
      `${FLOORS[part]} %`.padStart(7),
      minutes.toFixed(1).padStart(9),
    ]
    say(part.padEnd(10) + numbers.join(''))
  }
  return scored.every(({ part, score, unlisted }) => score >= FLOORS[part] && unlisted === 0)
}

function report(name) {
  return JSON.parse(readFileSync(`.cache/mutate/${name}.json`, 'utf8'))
}

/** Reports count lines and columns from 1. */
function fromZero({ line, column }) {
  return { line: line - 1, column: column - 1 }
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
