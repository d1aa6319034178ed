import type { Page } from 'playwright-core'
import { STAND_TEXTS } from '../../../src/stand/shell/stand-texts'
import { PATIENCE, type Words } from './hands'

type Faults = (typeof STAND_TEXTS)['zh']['faultNames']

/** What the stand has beside a phone for its visitor: people, faults, time, what was said. */
export function besidePhone(page: Page, language: 'zh' | 'en') {
  const texts = STAND_TEXTS[language]
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const faultSwitch = (of: keyof Faults, name: string, checked?: boolean) =>
    page.getByRole('switch', {
      name: texts.faultNames[of][name] ?? name,
      exact: true,
      ...(checked === undefined ? {} : { checked }),
    })
  const turn = (of: keyof Faults, name: string) => async (on: boolean) => {
    await faultSwitch(of, name, !on).click(PATIENCE)
    await faultSwitch(of, name, on).waitFor(PATIENCE)
  }
  const pass = async (name: string) => {
    const passed = page.waitForResponse((answer) => answer.url().endsWith('/stand/clock'), PATIENCE)
    await Promise.all([passed, button(name).click(PATIENCE)])
  }
  return {
    texts,
    become: (name: string) => page.getByRole('radio', { name, exact: true }).click(PATIENCE),
    /** A fault at WeChat Pay, or at every biller, on or off. */
    weChatPay: (fault: string, on: boolean) => turn('weChatPay', fault)(on),
    billers: (fault: string, on: boolean) => turn('billers', fault)(on),
    seesFault: (of: keyof Faults, fault: string, on: boolean) =>
      faultSwitch(of, fault, on).waitFor(PATIENCE),
    minutesLater: () => pass(texts.minutesLater),
    dayLater: () => pass(texts.dayLater),
    lateEvening: () => pass(texts.lateEvening),
    payLate: async () => {
      await button(texts.payLate).click(PATIENCE)
      await page.getByText(texts.paidLate).waitFor(PATIENCE)
    },
    /** What the parts said to each other, as the visitor reads it. */
    reads: (words: Words) => page.getByRole('log').getByText(words).first().waitFor(PATIENCE),
    resetInVain: async () => {
      await button(texts.reset).click(PATIENCE)
      await page.getByText(texts.resetFailed).waitFor(PATIENCE)
    },
    reset: async () => {
      await button(texts.reset).click(PATIENCE)
      await page.getByText(texts.resetDone).waitFor({ timeout: 60_000 })
    },
  }
}
