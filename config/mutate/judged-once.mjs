import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { contentHash } from './content-hash.mjs'
import { knownTests } from './known-tests.mjs'
import { isTakenAtItsWord, labelOf } from './survivors.mjs'

/**
 * Verdicts, a line each, as they come. One that was found, or made a test go on for ever, counts as
 * long as its source file and the file of that test stay as they are; one that was not, as long as
 * nothing changes. Stryker keeps verdicts, too, but does not see that a test was changed which is
 * still called the same.
 */
const FILE = `${process.env.MUTATE_RESULTS}-judged.jsonl`
const PART = basename(process.env.MUTATE_RESULTS ?? '')

let kept
let whole
const hashes = new Map()

/** The verdict on a mutant, found by `judge` of its hash unless it is known, or listed as not to be found. */
export async function judgedOnce({ fileName, location, replacement }, judge) {
  kept ??= read()
  const source = fileName.slice(fileName.indexOf('/src/') + 1)
  const text = readFileSync(fileName, 'utf8')
  const label = labelOf(source, text, { location, replacement })
  if (isTakenAtItsWord(PART, label)) return { status: 'survived', nrOfTests: 0 }
  const mutant = hashOfText(JSON.stringify([source, text, location, replacement]))
  const known = kept.get(mutant)
  if (known?.world === worldOf(known?.verdict)) return known.verdict
  const verdict = await judge(mutant)
  // What failed otherwise is judged again.
  if (verdict.status !== 'error') keepVerdict(mutant, verdict)
  return verdict
}

export function keepVerdict(mutant, verdict) {
  appendFileSync(FILE, `${JSON.stringify({ mutant, world: worldOf(verdict), verdict })}\n`)
}

/** What the verdict was found by, as it is now. */
function worldOf(verdict) {
  const file = knownTests().fileOf[verdict?.killedBy?.[0]]
  if (file !== undefined) return hashOf(file)
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
