import { type Browser, type BrowserContext, chromium } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A real Chromium; the runner says where it is. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH
  if (executablePath === undefined) throw new Error('CHROME_PATH names no browser')
  return chromium.launch({ executablePath, args: FLAGS })
}

export type Look = { dark?: boolean; language?: 'zh' | 'en' }

/** A person's own browser: its own cookies and storage. */
export function openContext(browser: Browser, look: Look = {}): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 900, height: 960 },
    locale: look.language === 'en' ? 'en-US' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: look.dark === true ? 'dark' : 'light',
  })
}
