import { CLERK, journeyTown, MANY, NEWCOMER, SISTER } from '../support/stand/journey-town'
import type { JourneyPhone } from '../support/stand/phone'
import type { StepCost } from '../support/stand/phone-body'

/**
 * What the WeChat build sends to the page per step, with four accounts and twelve bills, in bytes and
 * counts: both layers share a thread here, so times would say nothing about a phone.
 */
const KILOBYTE = 1024
const BUDGETS = {
  /** The first screen of Home: a frame, then what the cloud answered. */
  home: { bytes: 20 * KILOBYTE, calls: 2 },
  opening: { bytes: 20 * KILOBYTE, calls: Number.POSITIVE_INFINITY },
  /** Neither opens a page nor loads rows. */
  tapping: { bytes: 4 * KILOBYTE, calls: Number.POSITIVE_INFINITY },
}
const NODES = 400
const DEPTH = 16

type Measured = { name: string; cost: StepCost; over: string[] }

/** Steps of one person, each held against its budget. */
function stepsOf(phone: JourneyPhone, done: Measured[]) {
  const measure =
    (kind: keyof typeof BUDGETS) => async (name: string, step: () => Promise<unknown>) => {
      const cost = await phone.costOf(step)
      const { bytes, calls } = BUDGETS[kind]
      const over = [
        ...(cost.bytes > bytes ? [`${name}: ${cost.bytes} bytes of ${bytes}`] : []),
        ...(cost.calls > calls ? [`${name}: ${cost.calls} setData of ${calls}`] : []),
        ...(cost.nodes > NODES ? [`${name}: ${cost.nodes} nodes of ${NODES}`] : []),
        ...(cost.depth > DEPTH ? [`${name}: depth ${cost.depth} of ${DEPTH}`] : []),
      ]
      done.push({ name, cost, over })
    }
  return { home: measure('home'), opens: measure('opening'), taps: measure('tapping') }
}

describe('what a step costs on weapp', () => {
  const { phoneOf } = journeyTown('weapp')
  const done: Measured[] = []
  const overBudget = (from: number) => done.slice(from).flatMap(({ over }) => over)
  afterAll(() => {
    const lines = done.map(
      ({ name, cost: { calls, bytes, nodes, depth } }) =>
        `${name.padEnd(24)} ${calls} setData  ${String(bytes).padStart(6)} bytes  ${nodes} nodes  depth ${depth}`,
    )
    process.stderr.write(`\n${lines.join('\n')}\n`)
  })

  test('paying twelve bills, and looking round, is inside its budgets', async () => {
    const first = done.length
    const phone = await phoneOf(MANY)
    const { home, opens, taps } = stepsOf(phone, done)
    await home('home, first screen', async () => {
      await phone.closeAndOpen()
      await phone.seesButton('一次缴清 12 笔')
    })
    await opens('bill', () => phone.tap(/水 · 申江水务.*已逾期 50 天/))
    await phone.sees('为什么变了')
    await opens('account', () => phone.tap('看这个户号'))
    await taps('24 months', () => phone.choose('24 月'))
    await taps('rename', () => phone.tap(/^改名字/))
    await taps('rename, put away', () => phone.tap('取消'))
    await phone.back()
    await phone.back()
    await opens('pay', () => phone.tap('一次缴清 12 笔'))
    await taps('consent', () => phone.tap('支付 1,403.51 元'))
    await phone.tap('同意')
    await opens('result', () => phone.onSheet('立即支付'))
    await phone.sees('缴好了，4 家都已销账')
    await taps('unfold a trail', () => phone.tap('看钱到哪了'))
    await opens('receipts', () => phone.tap('看收据（12 张）'))
    await opens('receipt', () => phone.tap(/申江水务/))
    await phone.back()
    await phone.back()
    await phone.tap('回首页')
    await opens('bills', () => phone.tab('账单'))
    await opens('me', () => phone.tab('我'))
    await taps('care mode', () => phone.turn('关怀模式'))
    expect(overBudget(first)).toEqual([])
  })

  test('adding an account is inside its budgets', async () => {
    const first = done.length
    const phone = await phoneOf(NEWCOMER)
    const { opens, taps } = stepsOf(phone, done)
    await opens('add an account', () => phone.tap('加户号'))
    await taps('search a company', () => phone.type('搜城市或公司', '申江'))
    await taps('choose a company', () => phone.tap(/^申江水务/))
    await taps('type the number', () => phone.type('户号', '310407300C'))
    await taps('to the challenge', () => phone.tap('下一步'))
    await taps('answer it', () => phone.type('答案', '兰'))
    await taps('consent to look up', () => phone.tap('确认'))
    await opens('what was found', async () => {
      await phone.tap('同意')
      await phone.sees('找到了')
    })
    await opens('home with the account', async () => {
      await phone.tap('加到我的万家')
      await phone.sees('水 · 申江水务')
    })
    expect(overBudget(first)).toEqual([])
  })

  test('a clerk at the desk is inside the budgets', async () => {
    const first = done.length
    const resident = await phoneOf(SISTER)
    await resident.tap('一次缴清 2 笔')
    await resident.tap('支付 335.65 元')
    await resident.tap('同意')
    await resident.onSheet('立即支付')
    await resident.sees('缴好了，2 家都已销账')
    await resident.tap('看收据（2 张）')
    await resident.tap(/京华供电/)
    const code = await resident.readCode()
    const clerk = await phoneOf(CLERK)
    await clerk.tab('我')
    const { opens, taps } = stepsOf(clerk, done)
    await opens('desk', () => clerk.tap(/^柜员台/))
    await taps('verdict', async () => {
      await clerk.holdCode(() => clerk.tap('扫收据上的码'), code)
      await clerk.sees('收据是真的，钱已记到户号')
    })
    await opens('eight checks', () => clerk.tap('核对八项'))
    await clerk.back()
    await taps('print', async () => {
      await clerk.tap('打印一次')
      await clerk.sees(/已登记打印/)
    })
    expect(overBudget(first)).toEqual([])
  })
})
