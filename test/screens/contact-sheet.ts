import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

const WIDTH = 150
const COLUMNS = 12
/** The pictures that the README shows, from the folder of all. */
const IN_README = ['home-light-zh.png', 'result-light-zh.png', 'clerk-posted-light-zh.png']

/** All pictures of a folder on one sheet, by name; and those of the README beside it. */
export async function makeContactSheet(
  browser: Browser,
  folder: string,
  into: string,
): Promise<void> {
  mkdirSync(into, { recursive: true })
  const files = readdirSync(folder).filter((file) => file.endsWith('.png'))
  const page = await browser.newPage({
    viewport: { width: COLUMNS * (WIDTH + 10) + 10, height: 800 },
  })
  const figures = files.map((file) => {
    const picture = readFileSync(join(folder, file)).toString('base64')
    const name = file.replace('.png', '')
    return `<figure><img src="data:image/png;base64,${picture}"><figcaption>${name}</figcaption></figure>`
  })
  await page.setContent(
    `<style>body{margin:10px;display:flex;flex-wrap:wrap;gap:10px;background:#c9cecb;font:10px sans-serif}
     figure{margin:0;width:${WIDTH}px}img{width:100%;display:block}</style>${figures.join('')}`,
  )
  await page.screenshot({
    path: join(into, 'contact-sheet.jpg'),
    type: 'jpeg',
    quality: 80,
    fullPage: true,
  })
  await page.close()
  for (const file of IN_README) copyFileSync(join(folder, file), join(into, file))
}
