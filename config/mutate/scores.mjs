import { readFileSync } from 'node:fs'

/** What has to be found of each part, in percent, whatever is listed as not to be found. */
const FLOORS = { core: 95, 'use-cases': 85, sql: 90 }
/** Mistakes that no test finds, each with the reason why none can or need be. */
const LISTED = JSON.parse(readFileSync('test/mutate/survivors.json', 'utf8'))

const FOUND = ['Killed', 'Timeout']
/** Stryker's word for a mutant that could not even be loaded. */
const INVALID = ['CompileError', 'RuntimeError']

/** What Stryker's report says: how many were found, and the names of those that were not. */
export function strykerResult(part) {
  const { files } = report(`${part}-report`)
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ status: mutant.status, label: labelOf(file, source, mutant) })),
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

/** The file and the line with the change in brackets, whatever the line's number. */
function labelOf(file, source, { location: { start, end }, replacement }) {
  const lines = source.split('\n')
  const first = lines[start.line - 1].slice(0, start.column - 1)
  const last = lines[end.line - 1].slice(end.column - 1)
  const own = lines.slice(start.line - 1, end.line)
  own[own.length - 1] = own.at(-1).slice(0, end.column - 1)
  own[0] = own[0].slice(start.column - 1)
  const change = `${first}[${own.join(' ')} → ${replacement}]${last}`
  return `${file.replace('src/', '')}: ${change.replace(/\s+/g, ' ').trim()}`
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
