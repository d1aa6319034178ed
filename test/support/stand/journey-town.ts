import type { Browser } from 'playwright-core'
import { aStand, type TestStand } from './a-stand'
import { openBrowser } from './browser'
import { type Build, type JourneyPhone, takePhone } from './phone'

export const WANG_FANG = 'o-demo-wang-fang'
export const SISTER = 'o-demo-sister'
export const NEWCOMER = 'o-demo-newcomer'
export const MANY = 'o-demo-many'
export const GRANDMOTHER = 'o-demo-grandmother'
export const CLERK = 'o-demo-clerk-jinghua'
export const OTHER_CLERK = 'o-demo-clerk-shenjiang'

const OPENING_MS = 240_000

/**
 * The stand and a browser for the journeys of one file, with a fresh city before each of them. After
 * it every phone is put away, which fails the journey when a page broke unseen.
 */
export function journeyTown(build: Build) {
  let stand: TestStand | undefined
  let browser: Browser | undefined
  let phones: JourneyPhone[] = []
  const open = () => {
    if (stand === undefined || browser === undefined) throw new Error('the stand is not open')
    return { stand, browser }
  }
  beforeAll(async () => {
    stand = await aStand()
    browser = await openBrowser()
  }, OPENING_MS)
  afterAll(async () => {
    await browser?.close()
    await stand?.stop()
  })
  let isFresh = true
  beforeEach(async () => {
    if (!isFresh) await open().stand.reset()
    isFresh = false
  })
  afterEach(async () => {
    const inHand = phones
    phones = []
    for (const phone of inHand) await phone.putAway()
  })
  return {
    phoneOf: async (openid: string): Promise<JourneyPhone> => {
      const phone = await takePhone(open().browser, open().stand.address, build, openid)
      phones.push(phone)
      return phone
    },
  }
}

/** The bill of Jinghua Power from home to WeChat's sheet. */
export async function toTheSheet(phone: JourneyPhone): Promise<void> {
  await toThePayPage(phone)
  await phone.tap('支付 245.65 元')
  await phone.tap('同意')
  await phone.seesOnSheet('¥245.65')
}

/** The bill of Jinghua Power from home to the page that asks once more. */
export async function toThePayPage(phone: JourneyPhone): Promise<void> {
  await phone.tap(/电 · 京华供电/)
  await phone.tap('支付 245.65 元')
  await phone.sees('京华供电有限公司')
}

/** Pays the bill of Jinghua Power; gives the text of its receipt's code. */
export async function payAndShowReceipt(phone: JourneyPhone): Promise<string> {
  await toTheSheet(phone)
  await phone.onSheet('立即支付')
  await phone.sees('缴好了，京华供电已销账')
  await phone.tap('看收据')
  await phone.sees('不是发票')
  return phone.readCode()
}

/** A clerk at the desk, ready to scan. */
export async function toTheDesk(clerk: JourneyPhone): Promise<void> {
  await clerk.tab('我')
  await clerk.tap(/^柜员台/)
  await clerk.seesButton('扫收据上的码')
}

/** How many receipts a resident has, as "Me" says. */
export async function seesReceipts(phone: JourneyPhone, count: number): Promise<void> {
  await phone.tap('回首页')
  await phone.tab('我')
  await phone.seesButton(new RegExp(`^收据，${count} 张`))
}
