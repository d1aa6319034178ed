import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { contentHash } from './content-hash.mjs'
import { knownTests } from './known-tests.mjs'

/**
 * Verdicts, a line each, as they come. One that was found counts as long as its source file and the file of the
 * test that found it stay as they are; one that was not, as long as nothing changes. Stryker keeps verdicts, too,
 * but does not see that a test was changed which is still called the same.
 */
const FILE = `${process.env.MUTATE_RESULTS}-judged.jsonl`

let kept
let whole
const hashes = new Map()

/** The verdict on a mutant, found by `judge` unless it is known. */
export async function judgedOnce({ fileName, location, replacement }, judge) {
  kept ??= read()
  const source = fileName.slice(fileName.indexOf('/src/') + 1)
  const mutant = hashOfText(
    JSON.stringify([source, readFileSync(fileName, 'utf8'), location, replacement]),
  )
  const known = kept.get(mutant)
  if (known?.world === worldOf(known?.verdict)) return known.verdict
  const verdict = await judge()
  // One that was too slow may have met a busy machine: it is judged again.
  if (verdict.status === 'killed' || verdict.status === 'survived')
    appendFileSync(FILE, `${JSON.stringify({ mutant, world: worldOf(verdict), verdict })}\n`)
  return verdict
}

/** What the verdict was found by, as it is now. */
function worldOf(verdict) {
  if (verdict?.status === 'killed') return hashOf(knownTests().fileOf[verdict.killedBy[0]])
  whole ??= contentHash(['src', 'test'])
  return whole
}

function hashOf(file) {
  if (!hashes.has(file)) hashes.set(file, contentHash([file]))
  return hashes.get(file)
}

function hashOfText(text) {
  return createHash('sha256').update(text).digest('hex')
}

function read() {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n').filter(Boolean) : []
  return new Map(
    lines.map((line) => JSON.parse(line)).map(({ mutant, ...known }) => [mutant, known]),
  )
}
