import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { bundleForBrowser } from '../../src/stand/bundle-for-browser'

/** Words that only the stand, the simulators or an assumed identity bring along. */
const OF_THE_STAND = [
  'wanjia-who',
  'o-demo-',
  '/stand/',
  '/sheet/open',
  'wechat-pay-sheet',
  'phoneShell',
  'window.prompt',
]
const PATIENCE = 240_000

function textsOf(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return textsOf(path)
    return /\.(js|json|wxml|wxss|wxs)$/.test(path)
      ? [{ path, text: readFileSync(path, 'utf8') }]
      : []
  })
}

/** Everything that the stand itself is made of, and the web build, which only it serves. */
function textsOfTheStand(): string {
  const server = buildSync({
    entryPoints: ['src/stand/index.ts'],
    bundle: true,
    platform: 'node',
    packages: 'external',
    write: false,
  })
  return [
    ...server.outputFiles.map((file) => file.text),
    bundleForBrowser('shell/index.ts'),
    bundleForBrowser('h5/index.ts'),
    ...textsOf('dist/h5').map(({ text }) => text),
  ].join('\n')
}

function strangers(folder: string): string[] {
  return textsOf(folder).flatMap(({ path, text }) =>
    OF_THE_STAND.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`),
  )
}

const run = (...task: string[]) => execFileSync(process.execPath, task, { stdio: 'pipe' })

describe('what goes into production', () => {
  test(
    'is told from the stand by words that the stand is full of',
    () => {
      run('config/tasks/build-stale.mjs', 'h5')
      const texts = textsOfTheStand()
      expect(OF_THE_STAND.filter((word) => !texts.includes(word))).toEqual([])
    },
    PATIENCE,
  )

  test(
    'the mini-program for WeChat holds nothing of the stand',
    () => {
      run('config/tasks/build-stale.mjs', 'weapp')
      expect(textsOf('dist/weapp').length).toBeGreaterThan(40)
      expect(strangers('dist/weapp')).toEqual([])
    },
    PATIENCE,
  )

  test(
    'the cloud functions hold nothing of the stand, each in one file',
    () => {
      run('config/tasks/build-cloud.mjs')
      expect(readdirSync('dist/cloud/functions').sort()).toEqual(['api', 'http', 'jobs'])
      expect(existsSync('dist/cloud/cloudbaserc.json')).toBe(true)
      expect(strangers('dist/cloud')).toEqual([])
    },
    PATIENCE,
  )

  test.each(['api', 'http', 'jobs'])(
    'the built function %s starts, and asks for its configuration',
    (name) => {
      const file = join(process.cwd(), 'dist/cloud/functions', name, 'index.js')
      const start = () =>
        execFileSync(process.execPath, ['-e', `require(${JSON.stringify(file)})`], {
          stdio: 'pipe',
          env: { PATH: process.env.PATH },
        })
      expect(start).toThrow('configuration: DATABASE_URL is missing')
    },
  )

  test('a template that WeChat would refuse, or a page that is missing, is told', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'wanjia-weapp-')), 'weapp')
    await cp('dist/weapp', folder, { recursive: true })
    const check = () =>
      run(
        '--input-type=module',
        '-e',
        `import { readFileSync } from 'node:fs'
         import { checkWeapp } from '${process.cwd()}/config/tasks/check-weapp.mjs'
         const app = JSON.parse(readFileSync('${folder}/app.json', 'utf8'))
         console.log(JSON.stringify(checkWeapp('${folder}', app)))`,
      ).toString()
    expect(JSON.parse(check())).toEqual([])
    const app = readFileSync(join(folder, 'app.json'), 'utf8')
    writeFileSync(join(folder, 'app.json'), app.replace('bill/index', 'gone/index'))
    expect(check()).toContain('packages/bill/gone/index.wxml is missing')
    writeFileSync(join(folder, 'app.json'), app)
    writeFileSync(join(folder, 'pages/home/index.wxml'), '<view wx:if="{{ ">')
    expect(JSON.parse(check()).length).toBeGreaterThan(0)
  })
})
