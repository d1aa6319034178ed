import { journeyTown, MANY } from '../support/stand/journey-town'
import type { StepCost } from '../support/stand/phone-body'

/**
 * What the WeChat build sends to the page per step, with four accounts and twelve bills, in bytes and
 * counts: both layers share a thread here, so times would say nothing about a phone.
 */
const KILOBYTE = 1024
const OPENING = 20 * KILOBYTE
const TAPPING = 4 * KILOBYTE
const NODES = 400
const DEPTH = 16

describe('what a step costs on weapp', () => {
  const { phoneOf } = journeyTown('weapp')

  test('every step of the main job is inside its budget', async () => {
    const phone = await phoneOf(MANY)
    const costs: Record<string, StepCost> = {}
    const measure = async (name: string, step: () => Promise<unknown>, most: number) => {
      const cost = await phone.costOf(step)
      costs[name] = cost
      expect({ name, ...cost, bytes: Math.max(cost.bytes, most) }).toMatchObject({ bytes: most })
      expect(cost.nodes).toBeLessThanOrEqual(NODES)
      expect(cost.depth).toBeLessThanOrEqual(DEPTH)
    }
    await measure(
      'home, first screen',
      async () => {
        await phone.closeAndOpen()
        await phone.seesButton('一次缴清 12 笔')
      },
      OPENING,
    )
    // The page that is opened sends its frame, then what the cloud answered.
    expect(costs['home, first screen']?.calls).toBeLessThanOrEqual(2)
    await measure('bill', () => phone.tap(/水 · 申江水务.*已逾期 50 天/), OPENING)
    await phone.sees('为什么变了')
    await measure('account', () => phone.tap('看这个户号'), OPENING)
    await measure('24 months', () => phone.choose('24 月'), TAPPING)
    await phone.back()
    await phone.back()
    await measure('pay', () => phone.tap('一次缴清 12 笔'), OPENING)
    await measure('consent', () => phone.tap('支付 1,403.51 元'), TAPPING)
    await phone.tap('同意')
    await measure('result', () => phone.onSheet('立即支付'), OPENING)
    await phone.sees('缴好了，4 家都已销账')
    await measure('unfold a trail', () => phone.tap('看钱到哪了'), TAPPING)
    await measure('receipts', () => phone.tap('看收据（12 张）'), OPENING)
    await measure('receipt', () => phone.tap(/申江水务/), OPENING)
    await phone.back()
    await phone.back()
    await phone.tap('回首页')
    await measure('bills', () => phone.tab('账单'), OPENING)
    await measure('me', () => phone.tab('我'), OPENING)
    await measure('care mode', () => phone.turn('关怀模式'), TAPPING)
    const lines = Object.entries(costs).map(
      ([name, { calls, bytes, nodes, depth }]) =>
        `${name.padEnd(20)} ${calls} setData  ${String(bytes).padStart(6)} bytes  ${nodes} nodes  depth ${depth}`,
    )
    process.stderr.write(`\n${lines.join('\n')}\n`)
  })
})
