import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/**
 * Verdicts, a line each, known by the mutant, its source file and the tests that judged it. Stryker keeps them, too,
 * but does not see that a test was changed which is still called the same.
 */
const FILE = `${process.env.MUTATE_RESULTS}-judged.jsonl`
/** A mutant that was too slow once may have met a busy machine: it is judged again. */
const KEPT = ['killed', 'survived']

let kept
const contents = new Map()

/** The verdict on a mutant that `files` judge by `tests`, found by `judge` unless it is known. */
export async function judgedOnce({ fileName, location, replacement }, { tests, files }, judge) {
  kept ??= read()
  const hash = createHash('sha256').update(JSON.stringify([location, replacement, tests ?? 'all']))
  for (const file of [fileName, ...files]) hash.update(`${file}\n${contentOf(file)}`)
  const key = hash.digest('hex')
  const known = kept.get(key)
  if (known !== undefined) return known
  const verdict = await judge()
  if (KEPT.includes(verdict.status)) {
    appendFileSync(FILE, `${JSON.stringify({ key, verdict })}\n`)
    kept.set(key, verdict)
  }
  return verdict
}

function read() {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n').filter(Boolean) : []
  return new Map(lines.map((line) => JSON.parse(line)).map(({ key, verdict }) => [key, verdict]))
}

function contentOf(file) {
  if (!contents.has(file)) contents.set(file, readFileSync(file, 'utf8'))
  return contents.get(file)
}
