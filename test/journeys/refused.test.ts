import { GRANDMOTHER, journeyTown, NEWCOMER } from '../support/stand/journey-town'
import { BUILDS, type JourneyPhone } from '../support/stand/phone'

/** A newcomer who asks one company for one number, and answers its question. */
async function lookUp(
  phone: JourneyPhone,
  { biller, number, answer }: { biller: RegExp; number: string; answer: string },
): Promise<void> {
  await phone.tap('加户号')
  await phone.tap(biller)
  await phone.type('户号', number)
  await phone.tap('下一步')
  await phone.type('答案', answer)
  await phone.tap('确认')
  await phone.tap('同意')
}

describe.each(BUILDS)('what is refused, and said so, on %s', (build) => {
  const { phoneOf } = journeyTown(build)

  test('an account that its company suspended', async () => {
    const phone = await phoneOf(NEWCOMER)
    await lookUp(phone, { biller: /^京华供电/, number: '441020930000', answer: '军' })
    await phone.sees(/京华供电停用了这个户号，网上不能查也不能缴。/)
    await phone.seesNot('找到了')
  })

  test('a number of another city, though every digit is right there', async () => {
    const phone = await phoneOf(NEWCOMER)
    await lookUp(phone, { biller: /^申城供电/, number: '441020933317', answer: '国' })
    await phone.sees(/^户号或答案对不上。请对照纸质账单，两样都再看一遍。/)
    await phone.seesNot('找到了')
  })

  test('a payment while the company closes its books, before one taps', async () => {
    const phone = await phoneOf(GRANDMOTHER)
    await phone.seesButton(/^支付 [\d.]+ 元$/)
    await phone.beside.lateEvening()
    await phone.tap(/^支付 [\d.]+ 元$/)
    await phone.sees('现在不能付的')
    await phone.sees(/柳镇自来水 23:30 到.*0:30 结账，不收款。.*0:30 以后再付。/)
    await phone.seesNot(/^支付 [\d.]+ 元$/)
  })
})
