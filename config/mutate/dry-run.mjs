import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a run without a mutant showed, and of which sources and tests. */
const FILE = `${process.env.MUTATE_RESULTS}-dry-run.json`

/** What `run` shows; of the same sources and tests it is known already. */
export async function dryRunOnce(run) {
  const key = keyOf(['src', 'test'])
  const known = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : undefined
  if (known?.key === key) return known.result
  const result = await run()
  if (result.status === 'complete') writeFileSync(FILE, JSON.stringify({ key, result }))
  return result
}

function keyOf(folders) {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((one) => one.isFile())
    for (const file of files.map((one) => join(one.parentPath, one.name)).sort())
      hash.update(`${file}\n${readFileSync(file)}\n`)
  }
  return hash.digest('hex')
}
