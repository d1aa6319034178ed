import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Platform = 'weapp' | 'h5'

/** What a build is made from: when none of it changed, the build in dist is good. */
const MADE_FROM = ['src/miniapp', 'src/core', 'src/contract', 'config', 'package-lock.json']
/** How long a build takes here, for the time left that is told. */
const USUAL_SECONDS: Record<Platform, number> = { weapp: 20, h5: 35 }

/** Builds the mini-program for a platform when its sources have changed; tells how long it takes. */
export async function buildWhenStale(
  platform: Platform,
  tell: (line: string) => void,
): Promise<void> {
  const stamp = join('dist', `.${platform}-made-from`)
  const sources = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  const startedAt = Date.now()
  const told = setInterval(() => {
    const left = USUAL_SECONDS[platform] - (Date.now() - startedAt) / 1000
    tell(
      `building for ${platform}: ${left > 1 ? `about ${Math.ceil(left)} s left` : 'a moment more'}`,
    )
  }, 5_000)
  tell(`building the mini-program for ${platform} (about ${USUAL_SECONDS[platform]} s)`)
  try {
    await runTaro(platform)
  } finally {
    clearInterval(told)
  }
  mkdirSync('dist', { recursive: true })
  writeFileSync(stamp, sources)
}

function runTaro(platform: Platform): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['node_modules/@tarojs/cli/bin/taro', 'build', '--type', platform],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const output: string[] = []
    child.stdout.on('data', (chunk) => output.push(String(chunk)))
    child.stderr.on('data', (chunk) => output.push(String(chunk)))
    child.once('error', reject)
    child.once('exit', (code) => {
      const whole = existsSync(
        join('dist', platform, platform === 'weapp' ? 'app.json' : 'index.html'),
      )
      // Taro ends with 0 after some errors: only a whole build counts.
      if (code === 0 && whole) resolve()
      else reject(new Error(`the build for ${platform} failed:\n${output.join('')}`))
    })
  })
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const path of MADE_FROM.flatMap(filesOf)) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}
