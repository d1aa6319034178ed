import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/**
 * The browser for journeys and screenshots: `CHROME_PATH`, else Chromium or Chrome on the machine,
 * else installed from Debian's packages when root, with a font that has Chinese. Gives undefined
 * where the machine can have none.
 */
export function findChromium() {
  return process.env.CHROME_PATH ?? installed() ?? fromDebian()
}

function installed() {
  const folders = (process.env.PATH ?? '').split(':')
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...paths, ...ELSEWHERE].find(existsSync)
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  process.stdout.write('installing Chromium and a Chinese font from Debian (about a minute) …\n')
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']
  try {
    execFileSync('/usr/bin/apt-get', ['update', '-qq'], quiet)
    execFileSync('/usr/bin/apt-get', install, quiet)
  } catch {
    return undefined
  }
  return installed()
}
