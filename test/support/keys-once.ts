import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeys } from '../../src/stand/make-keys'

/** Before the first file of a run: every town has the same keys, since to make them takes about a second a file. */
export default function makeKeysOnce(): void {
  if (process.env.TEST_KEYS !== undefined) return
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-keys-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.env.TEST_KEYS = join(folder, 'keys.json')
  writeFileSync(process.env.TEST_KEYS, JSON.stringify(makeKeys()))
}
