import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** What a build is made from: when none of it changed, the build in dist is good. */
const MADE_FROM = ['src/miniapp', 'src/core', 'src/contract', 'config', 'package-lock.json']
/** How long a build took on a small machine, for the time left that is told. */
const USUAL_SECONDS = { weapp: 20, h5: 60 }
const LAST_FILE = { weapp: 'app.json', h5: 'index.html' }

/** Builds the mini-program for a platform, telling how long it takes. Throws when it failed. */
export async function buildMiniapp(platform) {
  const startedAt = Date.now()
  const usual = USUAL_SECONDS[platform]
  tell(`building the mini-program for ${platform} (about ${usual} s)`)
  const told = setInterval(() => {
    const left = Math.ceil(usual - (Date.now() - startedAt) / 1000)
    tell(`building for ${platform}: ${left > 0 ? `about ${left} s left` : 'a moment more'}`)
  }, 5_000)
  rmSync(join('dist', platform), { recursive: true, force: true })
  try {
    await runTaro(platform)
  } finally {
    clearInterval(told)
  }
  mkdirSync('dist', { recursive: true })
  writeFileSync(stampOf(platform), fingerprint())
}

/** Builds only when the sources have changed since the last build. */
export async function buildWhenStale(platform) {
  const stamp = stampOf(platform)
  const isGood =
    existsSync(stamp) &&
    existsSync(join('dist', platform, LAST_FILE[platform])) &&
    readFileSync(stamp, 'utf8') === fingerprint()
  if (!isGood) await buildMiniapp(platform)
}

function runTaro(platform) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['node_modules/@tarojs/cli/bin/taro', 'build', '--type', platform],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_ENV: 'production', BABEL_ENV: 'production', NODE_OPTIONS: '' },
      },
    )
    const output = []
    child.stdout.on('data', (chunk) => output.push(String(chunk)))
    child.stderr.on('data', (chunk) => output.push(String(chunk)))
    child.once('error', reject)
    child.once('exit', (code) => {
      // Taro ends with 0 after some errors: only a whole build counts.
      if (code === 0 && existsSync(join('dist', platform, LAST_FILE[platform]))) resolve()
      else reject(new Error(`the build for ${platform} failed:\n${output.join('')}`))
    })
  })
}

function stampOf(platform) {
  return join('dist', `.${platform}-made-from`)
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of MADE_FROM.flatMap(filesOf)) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

function filesOf(path) {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}

function tell(line) {
  process.stdout.write(`${line}\n`)
}
