import { GRANDMOTHER, journeyTown } from '../support/stand/journey-town'
import { BUILDS, type JourneyPhone } from '../support/stand/phone'

/** Pays the one bill of an account that was never paid before, whose company lets it be taken back. */
async function payFirst(phone: JourneyPhone): Promise<void> {
  await phone.tap(/水 · 柳镇自来水/)
  await phone.tap(/^支付 [\d.]+ 元$/)
  await phone.sees('第一次给这个户号付款。')
  await phone.sees(/付完 10 分钟内可以收回。/)
  await phone.tap(/^支付 [\d.]+ 元$/)
  await phone.tap('同意')
  await phone.onSheet('立即支付')
  await phone.sees(/前可以收回。$/)
}

describe.each(BUILDS)('a first payment taken back on %s', (build) => {
  const { phoneOf } = journeyTown(build)

  test('with one tap and one question: the money comes back, and the bill is due again', async () => {
    const phone = await phoneOf(GRANDMOTHER)
    await payFirst(phone)
    await phone.sees('已付，可以收回')
    await phone.tap(/^收回这 [\d.]+ 元$/)
    await phone.sees(/账单变回没付。$/)
    await phone.tap('收回')
    await phone.sees('柳镇自来水这一笔收回了')
    await phone.sees(/正在原路退回/)
    await phone.beside.minutesLater()
    await phone.sees(/^已退款 [\d.]+ 元$/, { timeout: 50_000 })
    await phone.seesNot(/^收回/)
    await phone.tap('看收据')
    await phone.sees('已退款')
    await phone.back()
    await phone.tap('回首页')
    await phone.seesButton(/^支付 [\d.]+ 元$/)
  })

  test('a tap that comes too late is refused in plain words, and the bill is credited', async () => {
    const phone = await phoneOf(GRANDMOTHER)
    await payFirst(phone)
    await phone.tap(/^收回这 [\d.]+ 元$/)
    await phone.beside.minutesLater()
    await phone.tap('收回')
    await phone.sees(/^来不及收回了，这一笔已经交给柳镇自来水销账。付错了，打 [\d-]+。$/)
    await phone.tap('知道了')
    await phone.sees('缴好了，柳镇自来水已销账')
  })
})
