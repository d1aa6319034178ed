import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { aStand, type TestStand } from '../support/stand/a-stand'
import { openBrowser } from '../support/stand/browser'
import { BUILDS, takePhone } from '../support/stand/phone'

const RESIDENT = 'o-demo-wang-fang'

describe.each(BUILDS)('paying on %s', (build) => {
  let stand: TestStand
  let browser: Browser
  beforeAll(async () => {
    stand = await aStand()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await stand.stop()
  })
  beforeEach(() => stand.reset())
  const phoneOf = (openid: string) => takePhone(browser, stand.address, build, openid)

  test('one bill, from its row to its receipt', async () => {
    const phone = await phoneOf(RESIDENT)
    await phone.tap(/水 · 申江水务/)
    await phone.sees('为什么变了')
    await phone.tap('支付 75.90 元')
    await phone.sees('申江水务有限公司')
    await phone.tap('支付 75.90 元')
    await phone.tap('同意')
    expect(await phone.sheetAmount()).toBe('¥75.90')
    await phone.onSheet('立即支付')
    await phone.sees('缴好了，申江水务已销账')
    await phone.sees('等每日对账')
    await phone.tap('看收据')
    await phone.sees('不是发票')
    await phone.sees('已销账')
    expect(await phone.readCode()).toMatch(/^WJ1:/)
    await phone.putAway()
  })

  test('three companies in one act', async () => {
    const phone = await phoneOf(RESIDENT)
    await phone.tap('一次缴清 5 笔')
    await phone.sees('付给 4 家公司，合计')
    await phone.putAway()
  })
})
