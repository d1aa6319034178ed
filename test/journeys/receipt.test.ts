import {
  CLERK,
  journeyTown,
  OTHER_CLERK,
  payAndShowReceipt,
  toTheDesk,
  WANG_FANG,
} from '../support/stand/journey-town'
import { BUILDS } from '../support/stand/phone'

const PREFIX = 'WJ1:'.length

/** The code with one character of its signature changed, at the beginning of a Base45 group. */
function forged(code: string): string {
  const at = PREFIX + 3 * Math.floor((code.length - PREFIX - 30) / 3)
  return `${code.slice(0, at)}${code.charAt(at) === 'A' ? 'B' : 'A'}${code.slice(at + 1)}`
}

describe.each(BUILDS)('receipts at the counter, on %s', (build) => {
  const { phoneOf } = journeyTown(build)

  test('a forged code, a torn one and a foreign one are no proof, each for its own reason', async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    const clerk = await phoneOf(CLERK)
    await toTheDesk(clerk)
    await clerk.holdCode(() => clerk.tap('扫收据上的码'), forged(code))
    await clerk.sees('这个码不是万家出的，或者被改过')
    await clerk.sees('截图改过，签名不对')
    await clerk.holdCode(() => clerk.tap('再扫一次'), code.slice(0, -9))
    await clerk.sees('码不完整，请擦干净屏幕再扫')
    await clerk.holdCode(() => clerk.tap('再扫一次'), 'https://example.com/pay')
    await clerk.sees('别的系统的码')
    await clerk.holdCode(() => clerk.tap('再扫一次'), code)
    await clerk.sees('收据是真的，钱已记到户号')
  })

  test('a saved picture carries the code, and a shared one does, too', async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    const saved = await phone.pictureOf(() => phone.tap('存为图片'))
    expect(await phone.codeInPicture(saved)).toBe(code)
    const shared = await phone.pictureOf(() => phone.tap('分享打码的图'))
    expect(await phone.codeInPicture(shared)).toBe(code)
    expect(shared).not.toBe(saved)
  })

  test('without network the signature still tells', async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    const clerk = await phoneOf(CLERK)
    await toTheDesk(clerk)
    await clerk.atRest()
    await clerk.airplane()
    await clerk.holdCode(() => clerk.tap('扫收据上的码'), code)
    await clerk.sees('签名是真的。下面的状态是签发时的')
  })

  test("another company's clerk is told that it is not theirs", async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    const clerk = await phoneOf(OTHER_CLERK)
    await toTheDesk(clerk)
    await clerk.holdCode(() => clerk.tap('扫收据上的码'), code)
    await clerk.sees('收据是真的，但不是本公司的账单')
  })

  test('printed once, and the second desk sees that', async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    const clerk = await phoneOf(CLERK)
    await toTheDesk(clerk)
    await clerk.holdCode(() => clerk.tap('扫收据上的码'), code)
    await clerk.tap('打印一次')
    await clerk.sees(/已登记打印/)
    const second = await phoneOf(CLERK)
    await toTheDesk(second)
    await second.holdCode(() => second.tap('扫收据上的码'), code)
    await second.sees('收据是真的，打印过一次')
    await phone.pull()
    await phone.sees(/已打印/)
  })
})

describe('a receipt where WeChat itself asks first', () => {
  const { phoneOf } = journeyTown('weapp')

  test('an album that is closed leads to its setting, and then takes the picture', async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    await phone.albumClosed()
    await phone.tap('存为图片')
    await phone.answer('去设置')
    await phone.answer('允许')
    const saved = await phone.pictureOf(() => phone.tap('存为图片'))
    expect(await phone.codeInPicture(saved)).toBe(code)
  })

  test('on another phone, where nothing was agreed to yet, the album waits for consent', async () => {
    const phone = await phoneOf(WANG_FANG)
    const code = await payAndShowReceipt(phone)
    const tablet = await phoneOf(WANG_FANG)
    await tablet.tab('我')
    await tablet.tap(/^收据，1 张/)
    await tablet.tap(/京华供电/)
    await tablet.sees('不是发票')
    const saved = await tablet.pictureOf(async () => {
      await tablet.tap('存为图片')
      await tablet.tap('同意')
    })
    expect(await tablet.codeInPicture(saved)).toBe(code)
  })
})
