import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { aStand, type TestStand } from '../support/stand/a-stand'
import { openBrowser } from '../support/stand/browser'
import { takePhone } from '../support/stand/phone'
import { makeContactSheet } from './contact-sheet'
import { LOOKS, lookName, type ScreenLook } from './looks'
import type { Walk } from './walk'
import { walkClerk } from './walk-clerk'
import { walkLoading, walkNewcomer, walkTwelve } from './walk-newcomer'
import { walkResident } from './walk-resident'
import { walkReturns, walkTrouble } from './walk-trouble'
import { walkUndo } from './walk-undo'
import { wordsIn } from './walk-words'

/** Where the pictures go, and where the sheet of all of them is kept. */
const PICTURES = 'dist/screens'
const SHEET = 'docs/screens'
const SETTLE_MS = 200

/** `npm run screenshots`: every screen of the weapp build in every look, then one sheet of all. */
async function main(): Promise<void> {
  const startedAt = Date.now()
  rmSync(PICTURES, { recursive: true, force: true })
  mkdirSync(PICTURES, { recursive: true })
  const stand = await aStand()
  const browser = await openBrowser()
  for (const [index, look] of LOOKS.entries()) {
    await stand.reset()
    await walkAll(stand, browser, look)
    const spent = (Date.now() - startedAt) / 1000
    const left = Math.round((spent / (index + 1)) * (LOOKS.length - index - 1))
    process.stdout.write(`${lookName(look)}: done, about ${left} s left\n`)
  }
  await makeContactSheet(browser, PICTURES, SHEET)
  await browser.close()
  await stand.stop()
}

async function walkAll(stand: TestStand, browser: Browser, look: ScreenLook): Promise<void> {
  const walk: Walk = {
    look,
    words: wordsIn(look.language),
    phoneOf: async (openid) => {
      const phone = await takePhone(browser, stand.address, 'weapp', openid, {
        dark: look.mode === 'dark',
        language: look.language,
      })
      // A picture is the screen alone, not the phone that it is in.
      await phone.page.addStyleTag({ content: '.phone { border-radius: 0; box-shadow: none }' })
      await chooseModes(phone, look)
      return phone
    },
    picture: async (phone, name) => {
      await phone.atRest()
      await phone.page.waitForTimeout(SETTLE_MS)
      const file = join(PICTURES, `${name}-${lookName(look)}.png`)
      await phone.page.getByRole('region', { name: 'phone' }).screenshot({ path: file })
    },
  }
  await walkNewcomer(walk)
  await walkLoading(walk)
  await walkTwelve(walk)
  const code = await walkResident(walk)
  await walkClerk(walk, code)
  await stand.reset()
  await walkTrouble(walk)
  await stand.reset()
  await walkReturns(walk)
  await stand.reset()
  await walkUndo(walk)
}

/** The looks are chosen where residents choose them. */
async function chooseModes(
  phone: Awaited<ReturnType<Walk['phoneOf']>>,
  look: ScreenLook,
): Promise<void> {
  if (look.mode !== 'care') return
  const words = wordsIn(look.language)
  await phone.tab(words.shell.tabs[2] ?? '')
  await phone.turn(words.me.care)
  await phone.tab(words.shell.tabs[0] ?? '')
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
