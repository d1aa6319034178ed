import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a money path could do besides calling a port: the simulator would not see it. */
const WAYS_AROUND = [
  /\bDate\.now\b/,
  /new Date\(\)/,
  /Math\.random/,
  /set(Timeout|Interval|Immediate)\(/,
  /\bfetch\(/,
  /from '(axios|pg|undici|node:https?|node:net|node:timers[^']*)'/,
  /process\.env/,
]

describe('a money path', () => {
  const folder = 'src/cloud/use-cases'
  it.each(readdirSync(folder))('reaches its neighbours through the ports alone: %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    expect(WAYS_AROUND.filter((way) => way.test(text))).toEqual([])
  })
})
