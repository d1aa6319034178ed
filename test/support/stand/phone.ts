import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { RECEIPT_WORDS } from '../../../src/miniapp/client/words/receipt'
import { DEMO_PEOPLE } from '../../../src/stand/demo/people'
import type { Build } from '../../../src/stand/shell/phone-frame'
import { besidePhone } from './beside-phone'
import { type Look, openContext } from './browser'
import { handsOn, PATIENCE, type Words } from './hands'
import { phoneBody } from './phone-body'
import { codeInPicture, readCode } from './read-code'

export type { Build }
export const BUILDS: readonly Build[] = ['weapp', 'h5']

const PULLS = 10

/** A phone in a person's hand: only what one can see and touch, by role or by text. */
export type JourneyPhone = Awaited<ReturnType<typeof takePhone>>

/** Takes a demo person's phone in hand and opens the mini-program in one of its two builds. */
export async function takePhone(
  browser: Browser,
  address: string,
  build: Build,
  openid: string,
  look: Look = {},
) {
  const { language = 'zh' } = look
  const context = await openContext(browser, look)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  const beside = besidePhone(page, language)
  const become = async (next: string) => {
    await beside.become(nameOf(next)[language])
    await waitForProgramOf(page, next)
  }
  await page.goto(`${address}${build === 'h5' ? '/' : '/weapp'}`)
  await become(openid)
  const root = page.getByTitle('mini-program').contentFrame()
  const body = phoneBody(page, { build, language })
  const hands = handsOn(root, body.atRest)
  // WeChat's sheet lies over the phone; a web page has it inside.
  const sheet = (build === 'h5' ? root : page).getByTitle('微信支付').contentFrame()
  return {
    build,
    page,
    root,
    beside,
    /** Hands the phone to another person of the demo, as a visitor does. */
    become,
    ...hands,
    ...body,
    /** Pulls the page down until it shows the words: what it waits for happens elsewhere. */
    pullUntil: async (words: Words) => {
      for (let time = 0; time < PULLS; time += 1) {
        await body.pull()
        const shown = await hands.sees(words, { timeout: 2_000 }).then(
          () => true,
          () => false,
        )
        if (shown) return
      }
      await hands.sees(words, { timeout: 1 })
    },
    /** WeChat's sheet: one of its buttons. */
    onSheet: (name: Words) => sheet.getByRole('button', { name }).click(PATIENCE),
    seesOnSheet: (words: Words) => sheet.getByText(words).first().waitFor(PATIENCE),
    /** The text of the QR code on the screen. */
    readCode: () => readCode(hands.picture(RECEIPT_WORDS[language].codeLabel)),
    /** The picture that a step leaves on the visitor's disk, as a data URL. */
    pictureOf: async (step: () => Promise<void>): Promise<string> => {
      const [kept] = await Promise.all([page.waitForEvent('download', PATIENCE), step()])
      return `data:image/png;base64,${readFileSync(await kept.path(), 'base64')}`
    },
    /** The text of the QR code in a picture. */
    codeInPicture: (url: string) => codeInPicture(page, url),
    /** Put away: the program ends. What went wrong in it unseen fails the test here. */
    putAway: async () => {
      await context.close()
      if (faults.length > 0) throw new Error(`the page broke: ${faults.join('; ')}`)
    },
  }
}

function nameOf(openid: string): { zh: string; en: string } {
  const person = DEMO_PEOPLE.find((one) => one.openid === openid)
  if (person === undefined) throw new Error(`${openid} is nobody of the demo`)
  return person.name
}

/** The program in the frame is that person's, no longer the one before. */
async function waitForProgramOf(page: Page, openid: string): Promise<void> {
  const isThere = () => page.frames().some((frame) => frame.url().includes(`who=${openid}`))
  const end = Date.now() + PATIENCE.timeout
  while (!isThere() && Date.now() < end) await page.waitForTimeout(20)
}
