import { readFileSync } from 'node:fs'
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'
import { DEMO_PEOPLE } from '../../../src/stand/demo/people'
import type { Phone } from '../../../src/stand/weapp/phone'
import { type Look, openContext } from './browser'

export type Build = 'weapp' | 'h5'
export const BUILDS: readonly Build[] = ['weapp', 'h5']

const PATIENCE = { timeout: 25_000 }
const PULLS = 10
type Words = string | RegExp
type Root = Page | FrameLocator

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
  const context = await openContext(browser, look)
  const page = await context.newPage()
  const person = DEMO_PEOPLE.find((one) => one.openid === openid)
  if (person === undefined) throw new Error(`${openid} is nobody of the demo`)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  if (build === 'h5') {
    await page.setViewportSize({ width: 375, height: 812 })
    await page.request.post(`${address}/stand/who`, { data: { openid } })
    await page.goto(`${address}/`)
  } else {
    await page.goto(`${address}/weapp`)
    await page.getByRole('radio', { name: person.name[look.language ?? 'zh'] }).click()
    await page.locator(`iframe.page[src$="${openid}"]`).waitFor()
  }
  const root: Root = build === 'h5' ? page : page.frameLocator('iframe.page')
  const hands = handsOn(root)
  const frame = build === 'h5' ? h5Frame(page, address) : weappFrame(page, look.language ?? 'zh')
  await root.locator('.wj .ttl, .wj .sub').first().waitFor(PATIENCE)
  return {
    build,
    page,
    ...hands,
    ...frame,
    /** Pulls the page down until it shows the words: what it waits for happens elsewhere. */
    pullUntil: async (text: Words) => {
      for (let time = 0; time < PULLS; time += 1) {
        await frame.pull()
        const shown = await hands.sees(text, { timeout: 2_000 }).then(
          () => true,
          () => false,
        )
        if (shown) return
      }
      await hands.sees(text, { timeout: 1 })
    },
    /** WeChat's sheet: one of its buttons. */
    onSheet: (name: Words) =>
      page.frameLocator('iframe[title="微信支付"]').getByRole('button', { name }).click(PATIENCE),
    sheetAmount: () =>
      page.frameLocator('iframe[title="微信支付"]').locator('.amount').innerText(PATIENCE),
    /** The text of the QR code on the screen, read from its pixels. */
    readCode: () => readCode(root),
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

function handsOn(root: Root) {
  const visible = (locator: Locator) => locator.filter({ visible: true })
  const button = (name: Words) =>
    visible(root.getByRole('button', { name, exact: typeof name === 'string' }))
  return {
    tap: (name: Words) => button(name).first().click(PATIENCE),
    choose: (name: Words) =>
      visible(root.getByRole('radio', { name, exact: true }))
        .first()
        .click(PATIENCE),
    turn: (name: Words) => visible(root.getByRole('switch', { name })).first().click(PATIENCE),
    type: async (label: string, text: string) => {
      const field = root.locator(`input[placeholder=${JSON.stringify(label)}]`)
      await visible(field).first().fill(text, PATIENCE)
    },
    sees: async (text: Words, patience = PATIENCE) => {
      const found = visible(root.getByText(text)).first()
      await found.waitFor({ state: 'visible', ...patience }).catch(async () => {
        const shown = await visible(root.locator('.wj')).allInnerTexts()
        throw new Error(`${String(text)} is not on the screen, but:\n${shown.join('\n')}`)
      })
    },
    seesButton: (name: Words) =>
      button(name)
        .first()
        .waitFor({ state: 'visible', ...PATIENCE }),
    seesNot: async (text: Words) => {
      const found = await visible(root.getByText(text)).count()
      if (found > 0) throw new Error(`${String(text)} is on the screen`)
    },
    /** Everything that can be read on the screen. */
    screenText: async () => {
      const texts = await visible(root.locator('.wj')).allInnerTexts()
      return texts.join('\n')
    },
    root,
  }
}

export type StepCost = { calls: number; bytes: number; nodes: number; depth: number }

const FRAME_WORDS = {
  zh: {
    back: '返回',
    kill: '关掉再打开',
    airplane: '飞行模式',
    pull: '下拉刷新',
    paste: '贴上码里的文字',
    use: '扫这个',
  },
  en: {
    back: 'Back',
    kill: 'Close and open again',
    airplane: 'Airplane mode',
    pull: 'Pull to refresh',
    paste: 'Paste the text of a code',
    use: 'Scan this',
  },
}

/** What the phone around the page has: tabs, the way back, the camera. */
function weappFrame(page: Page, language: 'zh' | 'en') {
  const shell = page.getByRole('region', { name: 'phone' })
  const words = FRAME_WORDS[language]
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    tab: (name: string) =>
      shell.locator('nav').getByRole('button', { name, exact: true }).click(PATIENCE),
    back: () => shell.getByRole('button', { name: words.back }).click(PATIENCE),
    closeAndOpen: () => button(words.kill).click(PATIENCE),
    airplane: () => page.getByRole('switch', { name: words.airplane }).click(PATIENCE),
    pull: () => button(words.pull).click(PATIENCE),
    holdCode: async (scan: () => Promise<void>, text: string) => {
      await scan()
      await shell.getByLabel(words.paste).fill(text, PATIENCE)
      await shell.getByRole('button', { name: words.use }).click(PATIENCE)
    },
    /** What a step cost, from its first touch until the page rests. */
    costOf: async (step: () => Promise<unknown>): Promise<StepCost> => {
      const frame = () => page.frames().find((one) => one.url().includes('/weapp/phone'))
      const read = () =>
        frame()?.evaluate(async () => {
          const { phone } = window as unknown as { phone: Phone }
          await phone.atRest()
          const { timeOrigin } = performance
          return { records: phone.meter.setData, timeOrigin, ...phone.measure() }
        })
      const before = await read()
      await step()
      const after = await read()
      if (after === undefined) throw new Error('the phone has no page')
      // A program that was opened anew counts from its own beginning.
      const isSame = before?.timeOrigin === after.timeOrigin
      const records = after.records.slice(isSame ? before.records.length : 0)
      const bytes = records.reduce((sum, one) => sum + one.bytes, 0)
      return { calls: records.length, bytes, nodes: after.nodes, depth: after.depth }
    },
    /** Nothing moves any more. */
    atRest: async () => {
      const frame = page.frames().find((one) => one.url().includes('/weapp/phone'))
      await frame?.evaluate(() => (window as unknown as { phone: Phone }).phone.atRest())
    },
  }
}

function h5Frame(page: Page, address: string) {
  let isOffline = false
  return {
    tab: (name: string) =>
      page.locator('.weui-tabbar__item').filter({ hasText: name }).click(PATIENCE),
    back: async () => {
      await page.goBack()
    },
    closeAndOpen: async () => {
      await page.goto('about:blank')
      await page.goto(`${address}/`)
    },
    pull: async () => {
      await page.reload()
    },
    atRest: () => page.waitForLoadState('networkidle'),
    costOf: (): Promise<StepCost> => Promise.reject(new Error('only the WeChat build is measured')),
    airplane: async () => {
      isOffline = !isOffline
      await page.context().setOffline(isOffline)
    },
    holdCode: async (scan: () => Promise<void>, text: string) => {
      page.once('dialog', (dialog) => void dialog.accept(text))
      await scan()
    },
  }
}

/** Reads where the code is: a picture's every pixel would take minutes to come over. */
async function codeInPicture(page: Page, url: string): Promise<string> {
  const pixels = await page.evaluate(
    async ({ source, side, top }) => {
      const picture = Object.assign(new Image(), { src: source })
      await picture.decode()
      const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side })
      const pen = canvas.getContext('2d')
      pen?.drawImage(picture, (side - picture.width) / 2, -top)
      return [...(pen?.getImageData(0, 0, side, side).data ?? [])]
    },
    { source: url, side: SIDE, top: CODE_TOP },
  )
  return decodeQR({ width: SIDE, height: SIDE, data: Uint8Array.from(pixels) })
}

/** Where the code begins in a picture of a receipt, less a margin. */
const CODE_TOP = 284
const SIDE = 480
const MARGIN = 24

async function readCode(root: Root): Promise<string> {
  const image = root.locator('.qr img').filter({ visible: true }).first()
  await image.waitFor({ state: 'visible', ...PATIENCE })
  const pixels = await image.evaluate(
    async (element, { side, margin }) => {
      const picture = element as HTMLImageElement
      await picture.decode()
      const canvas = document.createElement('canvas')
      canvas.width = side
      canvas.height = side
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.fillStyle = '#fff'
      context.fillRect(0, 0, side, side)
      context.drawImage(picture, margin, margin, side - 2 * margin, side - 2 * margin)
      return Array.from(context.getImageData(0, 0, side, side).data)
    },
    { side: SIDE, margin: MARGIN },
  )
  return decodeQR({ width: SIDE, height: SIDE, data: Uint8Array.from(pixels) })
}
