import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { bundleForBrowser } from '../../src/stand/bundle-for-browser'
import { compileProgram } from '../../src/stand/weapp/compile-program'
import { openBrowser } from '../support/stand/browser'
import { PATIENCE } from '../support/stand/hands'

/** A mini-program of one page whose buttons call the platform; what comes back is written on it. */
const PROGRAM: Record<string, string> = {
  'app.json': JSON.stringify({
    pages: ['home/index'],
    window: { navigationBarBackgroundColor: '@ground', navigationBarTextStyle: '@text' },
    tabBar: { color: '@quiet', list: [{ pagePath: 'home/index', text: 'Home' }] },
  }),
  'theme.json': JSON.stringify({
    light: { ground: '#eeeeee', text: 'black', quiet: '#555555' },
    dark: { ground: '#111111', text: 'white', quiet: '#aaaaaa' },
  }),
  'app.js': 'App({})',
  'home/index.json': '{}',
  'home/index.wxml': `<view aria-role="button" bindtap="break">break</view>
    <view aria-role="button" bindtap="colour">colour</view>
    <view aria-role="button" bindtap="copy">copy</view>
    <button id="agree" open-type="agreePrivacyAuthorization" bindtap="agree">agree</button>
    <view>{{said}}</view>`,
  'home/index.js': `
    let settle
    wx.onNeedPrivacyAuthorization((answer, about) => { settle = answer; page.setData({ said: 'asks for ' + about.referrer }) })
    let page
    wx.onThemeChange(({ theme }) => page.setData({ said: 'it is ' + theme }))
    Page({
      data: { said: '' },
      onLoad() { page = this },
      break() { throw new Error('broken on purpose') },
      colour() {
        wx.setNavigationBarColor({ frontColor: '#ffffff', backgroundColor: '#123456' })
        wx.setTabBarStyle({ selectedColor: '#abcdef' })
      },
      copy() {
        wx.setClipboardData({ data: 'E1', success: () => page.setData({ said: 'copied' }), fail: (fault) => page.setData({ said: fault.errMsg }) })
      },
      agree() { settle({ event: 'agree', buttonId: 'agree' }) },
    })`,
}

type Told = { showPage: object[]; styleTabs: object[] }

describe('the WeChat build in the browser', () => {
  let browser: Browser
  let page: Page
  let script: string
  const broken: string[] = []
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wanjia-program-'))
    for (const [name, text] of Object.entries(PROGRAM)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    script = compileProgram(folder).script
    rmSync(folder, { recursive: true })
    browser = await openBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    broken.length = 0
    page = await browser.newPage()
    page.on('pageerror', (error) => broken.push(error.message))
    // A page of the browser's own, since a page without an address has no storage.
    await page.route('http://phone.test/', (route) => route.fulfill({ body: '<body></body>' }))
    await page.goto('http://phone.test/')
    await page.evaluate(() => {
      const told: Told = { showPage: [], styleTabs: [] }
      const phoneShell = {
        showPage: (shown: object) => told.showPage.push(shown),
        styleTabs: (look: object) => told.styleTabs.push(look),
        say: () => undefined,
        now: () => Date.parse('2026-11-16T06:17:00Z'),
      }
      Object.assign(window, { phoneShell, told })
    })
    await page.addScriptTag({ content: script })
    await page.addScriptTag({ content: bundleForBrowser('weapp/phone/index.ts') })
  })
  afterEach(() => page.close())
  const tap = (name: string) => page.getByRole('button', { name }).click(PATIENCE)
  const sees = (text: string) => page.getByText(text).waitFor(PATIENCE)
  const lastTold = () =>
    page.evaluate(() => {
      const { showPage, styleTabs } = (window as unknown as { told: Told }).told
      return { page: showPage.at(-1), tabs: styleTabs.at(-1) }
    })

  test('a fault in a handler is a fault of the page, so no journey can miss it', async () => {
    expect(broken).toEqual([])
    await tap('break')
    expect(broken).toEqual(['broken on purpose'])
  })

  test('bars have the colours of the configuration, light or dark, until a page says otherwise', async () => {
    expect(await lastTold()).toMatchObject({
      page: { bar: { front: '#000000', background: '#eeeeee' } },
      tabs: { text: '#555555' },
    })
    await page.emulateMedia({ colorScheme: 'dark' })
    await sees('it is dark')
    expect(await lastTold()).toMatchObject({
      page: { bar: { front: '#ffffff', background: '#111111' } },
      tabs: { text: '#aaaaaa' },
    })
    await tap('colour')
    expect(await lastTold()).toMatchObject({
      page: { bar: { front: '#ffffff', background: '#123456' } },
      tabs: { text: '#aaaaaa', selected: '#abcdef' },
    })
  })

  test('a private call waits until its button was tapped, and then asks no more', async () => {
    await tap('copy')
    await sees('asks for setClipboardData')
    await tap('agree')
    await sees('copied')
    await tap('copy')
    await sees('copied')
  })

  test("the program's time is the stand's", async () => {
    expect(await page.evaluate(() => [new Date().getUTCFullYear(), Date.now()])).toEqual([
      2026,
      Date.parse('2026-11-16T06:17:00Z'),
    ])
    expect(await page.evaluate(() => new Date(0).toISOString())).toBe('1970-01-01T00:00:00.000Z')
  })
})
