import type { Walk } from './walk'
import { beginning } from './walk-words'

/** A newcomer: the empty pages, every step of adding an account, the consent in between. */
export async function walkNewcomer({ words, phoneOf, picture }: Walk): Promise<void> {
  const phone = await phoneOf('o-demo-newcomer')
  await phone.sees(words.home.emptyTitle)
  await picture(phone, 'home-empty')
  await phone.tab(words.shell.tabs[1] ?? '')
  await phone.sees(words.bills.noneTitle)
  await picture(phone, 'bills-empty')
  await phone.tab(words.shell.tabs[0] ?? '')
  await phone.tap(words.home.emptyButton)
  await phone.sees(words.add.whichBiller)
  await picture(phone, 'add-biller')
  await phone.tap(beginning(words.stand.shenjiang))
  await phone.type(words.add.numberLabel, '310407300')
  await picture(phone, 'add-number-typing')
  await phone.type(words.add.numberLabel, '310407300C')
  await picture(phone, 'add-number')
  await phone.tap(words.add.next)
  await picture(phone, 'add-challenge')
  await phone.type(words.add.answerLabel, '王')
  await phone.tap(words.add.confirm)
  await phone.sees(words.shell.consentTitle)
  await picture(phone, 'consent')
  await phone.tap(words.shell.agree)
  await phone.sees(/对不上|does not match/)
  await picture(phone, 'add-challenge-wrong')
  await phone.type(words.add.answerLabel, '兰')
  await phone.tap(words.add.confirm)
  await phone.sees(words.add.foundTitle)
  await picture(phone, 'add-name')
  await phone.tap(words.add.save)
  await phone.sees(/比去年同月多用|more than this month last year/)
  await picture(phone, 'home-spike')
  await phone.putAway()
}

/** Pages whose answers are on their way: the phone knows nothing yet but how it is to look. */
export async function walkLoading({ words, phoneOf, picture }: Walk): Promise<void> {
  const phone = await phoneOf('o-demo-many')
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await phone.page.route('**/api', (route) => held.then(() => route.continue()))
  await forgetAnswers(phone.page)
  await phone.closeAndOpen()
  await picture(phone, 'home-loading')
  letGo()
  await phone.seesButton(words.home.payAll(12))
  await phone.putAway()
}

/** A phone keeps the last answers; one that opened a page for the first time has none. */
async function forgetAnswers(page: Parameters<Walk['picture']>[0]['page']): Promise<void> {
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) {
      if (!key.endsWith('wanjia/modes')) localStorage.removeItem(key)
    }
  })
}

/** Twelve bills with long names. */
export async function walkTwelve({ words, phoneOf, picture }: Walk): Promise<void> {
  const phone = await phoneOf('o-demo-many')
  await phone.seesButton(words.home.payAll(12))
  await picture(phone, 'home-twelve')
  await phone.tap(words.home.payAll(12))
  await phone.sees(words.pay.receipts(12))
  await picture(phone, 'pay-twelve')
  await phone.putAway()
}
