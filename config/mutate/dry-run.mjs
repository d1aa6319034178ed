import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { contentHash } from './content-hash.mjs'
import { writeKnownTests } from './known-tests.mjs'

/** What a run without a mutant showed, and of which sources and tests. */
const FILE = `${process.env.MUTATE_RESULTS}-dry-run.json`

/** What `run` shows; of the same sources and tests it is known already. */
export async function dryRunOnce({ files }, run) {
  const key = contentHash(['src', 'test'])
  const known = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : undefined
  if (known?.key === key) return known.result
  const result = await run()
  if (result.status === 'complete') {
    writeFileSync(FILE, JSON.stringify({ key, result }))
    writeKnownTests(result, files ?? [])
  }
  return result
}
