import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** What a money path could do besides calling a port: the simulator would not see it. */
const WAYS_AROUND = [
  /\bDate\.now\b/,
  /new Date\(\)/,
  /performance\.now/,
  /Math\.random/,
  /\brandom(Bytes|UUID|Int)\b/,
  /set(Timeout|Interval|Immediate)\(/,
  /\bfetch\(/,
  /\bimport\(/,
  /\brequire\(/,
  /from '(axios|pg|pg-copy-streams|undici|@electric-sql\/[^']*|wechatpay-axios-plugin)'/,
  /from 'node:(https?|http2|net|tls|dns|dgram|timers|fs|child_process|worker_threads)[^']*'/,
  /process\.(env|hrtime)/,
]
/** What decides nothing about money, and how. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/cloud/use-cases/new-error-id.ts': 'names a line of the log',
  'src/cloud/postgres/personal-data.ts': 'draws the nonce of what it seals',
}

const FOLDER = 'src/cloud/use-cases'
const IMPORTED = /^(?:import|export) (?!type )[^;'"]*?from '(\.[^']+)'/gm

/** Every file that runs when a use case does, whichever folder it is in. */
function reached(): string[] {
  const found = new Set(readdirSync(FOLDER).map((file) => join(FOLDER, file)))
  for (const file of found)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
      const target = normalize(join(dirname(file), path))
      const known = [`${target}.ts`, `${target}/index.ts`].find(existsSync)
      if (known !== undefined) found.add(known)
    }
  return [...found].sort()
}

describe('a money path', () => {
  const files = reached()

  it('runs through the rules, the statements and the use cases', () => {
    for (const folder of ['src/core/', 'src/cloud/postgres/', `${FOLDER}/`])
      expect(files.filter((file) => file.startsWith(folder)).length).toBeGreaterThan(10)
  })

  it.each(files)('reaches its neighbours through the ports alone: %s', (file) => {
    const around = WAYS_AROUND.filter((way) => way.test(readFileSync(file, 'utf8')))
    expect(around.length > 0).toBe(file in ALLOWED)
  })
})
