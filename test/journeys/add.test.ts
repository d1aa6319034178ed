import { journeyTown, NEWCOMER } from '../support/stand/journey-town'
import { BUILDS, type JourneyPhone } from '../support/stand/phone'

const NO_MATCH = '户号或答案对不上。请对照纸质账单，两样都再看一遍。今天还可以试 9 次。'

async function toTheNumber(phone: JourneyPhone): Promise<void> {
  await phone.sees('先加一个户号')
  await phone.tap('加户号')
  await phone.tap(/^申江水务/)
}

describe.each(BUILDS)('adding an account on %s', (build) => {
  const { phoneOf } = journeyTown(build)

  test('by number and challenge, then its bill is on the home screen', async () => {
    const phone = await phoneOf(NEWCOMER)
    await toTheNumber(phone)
    await phone.type('户号', '３１０４ ０７３００Ｃ')
    await phone.tap('下一步')
    await phone.sees('户名最后一个字是？')
    await phone.type('答案', '兰')
    await phone.tap('确认')
    await phone.tap('同意')
    await phone.sees('找到了')
    await phone.sees(/^吴\*+$/)
    await phone.tap('加到我的万家')
    await phone.sees('我家')
    await phone.sees('水 · 申江水务')
  })

  test('a number that breaks the rule never leaves the page', async () => {
    const phone = await phoneOf(NEWCOMER)
    await toTheNumber(phone)
    await phone.type('户号', '310407300')
    await phone.sees(/还差最后的字母/)
    await phone.type('户号', '31040730001C')
    await phone.sees(/多填了几位/)
    await phone.tap('下一步')
    await phone.sees('户号是多少？')
    await phone.seesNot('户名最后一个字是？')
  })

  test('a wrong answer and an unknown number are told alike, with the tries left', async () => {
    const phone = await phoneOf(NEWCOMER)
    await toTheNumber(phone)
    await phone.type('户号', '310407300C')
    await phone.tap('下一步')
    await phone.type('答案', '王')
    await phone.tap('确认')
    await phone.tap('同意')
    await phone.sees(NO_MATCH)
    // Tries are counted by account: a number that is nobody's reads just like a neighbour's.
    await phone.tap('改户号')
    await phone.type('户号', '310407399C')
    await phone.tap('下一步')
    await phone.sees('户名最后一个字是？')
    await phone.seesNot(/对不上/)
    await phone.type('答案', '王')
    await phone.tap('确认')
    await phone.sees(NO_MATCH)
  })
})
