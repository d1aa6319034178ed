import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Results of runs before, in a file that git ignores. Each is known by its name and by a hash of the
 * files that gave it: when one of them changes, it is found anew.
 */
const FILE = '.cache/mutate/sql.json'

type Entry = { files: string[]; hash: string; value: unknown }
const entries: Record<string, Entry> = read()

export function keep(name: string, files: readonly string[], value: unknown): void {
  entries[name] = { files: [...files], hash: hashOf(files), value }
  mkdirSync(dirname(FILE), { recursive: true })
  writeFileSync(FILE, JSON.stringify(entries))
}

/** What was kept, with the files that gave it; `isOld` when one of them is not the same any more. */
export function recall<Value>(
  name: string,
): { value: Value; files: readonly string[]; isOld: boolean } | undefined {
  const entry = entries[name]
  if (entry === undefined) return undefined
  const { files, hash } = entry
  return { value: entry.value as Value, files, isOld: hash !== hashOf(files) }
}

function read(): Record<string, Entry> {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Entry>
  } catch {
    return {}
  }
}

const contents = new Map<string, string>()

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n${textOf(file)}\n`)
  return hash.digest('hex')
}

/** A file that is gone is another text than any. */
function textOf(file: string): string {
  let text = contents.get(file)
  if (text === undefined) {
    text = existsSync(file) ? readFileSync(file, 'utf8') : 'gone'
    contents.set(file, text)
  }
  return text
}

/** Every file under a folder, in a fixed order. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort()
}
