import type { Page } from 'playwright-core'
import type { Build } from '../../../src/stand/shell/phone-frame'
import { STAND_TEXTS } from '../../../src/stand/shell/stand-texts'
import type { Phone } from '../../../src/stand/weapp/phone'
import { PATIENCE } from './hands'

const QUIET_MS = 350
const REST_MS = 5_000

export type StepCost = { calls: number; bytes: number; nodes: number; depth: number }

/** The phone round the page: tabs, the way back, the camera, the hand that holds it. */
export function phoneBody(
  page: Page,
  { build, language }: { build: Build; language: 'zh' | 'en' },
) {
  const shell = page.getByRole('region', { name: 'phone' })
  const root = page.getByTitle('mini-program').contentFrame()
  const texts = STAND_TEXTS[language]
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const isWeapp = build === 'weapp'
  const turn = (name: string) => page.getByRole('switch', { name, exact: true }).click(PATIENCE)
  return {
    tab: (name: string) =>
      isWeapp
        ? shell.getByRole('button', { name, exact: true }).click(PATIENCE)
        : root.getByRole('link', { name, exact: true }).click(PATIENCE),
    back: () => shell.getByRole('button', { name: texts.back, exact: true }).click(PATIENCE),
    /** The program ends and is begun anew. */
    closeAndOpen: () => button(texts.kill).click(PATIENCE),
    seesClock: (time: RegExp) => shell.getByText(time).first().waitFor(PATIENCE),
    airplane: () => turn(texts.airplane),
    albumClosed: () => turn(texts.albumClosed),
    pull: () => button(isWeapp ? texts.pull : texts.reload).click(PATIENCE),
    /** Answers a question that WeChat itself asks over the page. */
    answer: (name: string) =>
      shell.getByRole('dialog').getByRole('button', { name, exact: true }).click(PATIENCE),
    holdCode: async (scan: () => Promise<void>, text: string) => {
      if (!isWeapp) {
        page.once('dialog', (dialog) => void dialog.accept(text))
        return scan()
      }
      await scan()
      await shell.getByLabel(texts.paste).fill(text, PATIENCE)
      await shell.getByRole('button', { name: texts.use }).click(PATIENCE)
    },
    /** Scans what the screen of the phone showed that was in hand before. */
    scanPhoneBefore: async (scan: () => Promise<void>) => {
      if (!isWeapp) {
        page.once('dialog', (dialog) => void dialog.accept(dialog.defaultValue()))
        return scan()
      }
      await scan()
      await shell.getByRole('button', { name: texts.otherPhone }).click(PATIENCE)
    },
    atRest: () => (isWeapp ? weappAtRest(page) : h5AtRest(page)),
    costOf: (step: () => Promise<unknown>) => costOf(page, step),
  }
}

/** The program is opened anew under another person: until it has begun there is nothing to ask. */
async function begunProgram(page: Page) {
  const find = () => page.frames().find((one) => /\/(weapp\/phone|h5)\?/.test(one.url()))
  const end = Date.now() + PATIENCE.timeout
  let program = find()
  while (program === undefined && Date.now() < end) {
    await page.waitForTimeout(20)
    program = find()
  }
  if (program === undefined) throw new Error('the phone has no page')
  await program.waitForFunction(() => 'phone' in window)
  return program
}

async function weappAtRest(page: Page): Promise<void> {
  const program = await begunProgram(page)
  await program.evaluate(() => (window as unknown as { phone: Phone }).phone.atRest())
}

/** Nothing on the web page has changed for a moment. */
async function h5AtRest(page: Page): Promise<void> {
  const program = await begunProgram(page)
  await program.evaluate(
    async ({ quietMs, limitMs }) => {
      const end = performance.now() + limitMs
      let changedAt = performance.now()
      const watch = new MutationObserver(() => {
        changedAt = performance.now()
      })
      watch.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      })
      while (performance.now() - changedAt < quietMs && performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      watch.disconnect()
    },
    { quietMs: QUIET_MS, limitMs: REST_MS },
  )
}

/** What a step cost in WeChat's build, from its first touch until the page rests. */
async function costOf(page: Page, step: () => Promise<unknown>): Promise<StepCost> {
  const read = async () =>
    (await begunProgram(page)).evaluate(async () => {
      const { phone } = window as unknown as { phone: Phone }
      await phone.atRest()
      const { timeOrigin } = performance
      return { records: phone.meter.setData, timeOrigin, ...phone.measure() }
    })
  const before = await read()
  await step()
  const after = await read()
  // A program that was opened anew counts from its own beginning.
  const isSame = before.timeOrigin === after.timeOrigin
  const records = after.records.slice(isSame ? before.records.length : 0)
  const bytes = records.reduce((sum, one) => sum + one.bytes, 0)
  return { calls: records.length, bytes, nodes: after.nodes, depth: after.depth }
}
