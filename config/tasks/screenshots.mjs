import { spawnSync } from 'node:child_process'
import { findChromium } from './find-chromium.mjs'

/** Walks every screen in every look and keeps the pictures. */
const chromium = findChromium()
if (chromium === undefined) {
  process.stdout.write('no browser can be had on this machine: set CHROME_PATH\n')
  process.exit(1)
}
const walk = ['--import', 'tsx', 'test/screens/take-screenshots.ts']
const env = { ...process.env, CHROME_PATH: chromium }
process.exitCode = spawnSync(process.execPath, walk, { stdio: 'inherit', env }).status ?? 1
