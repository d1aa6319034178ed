import {
  claimFile,
  type FileKey,
  finishFile,
  stageFile,
  wantFile,
} from '../../../src/cloud/postgres/daily-files'
import { settleDifferences } from '../../../src/cloud/use-cases/settle-differences'
import { engineName } from '../../support/databases'
import { NOBODY, notedDifferences } from '../../support/noted-differences'
import { pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const POWER = 'jinghua-power'
const WATER = 'yanjing-water'
const MINUTE = 60_000

describe(`what is done about a difference, on the ${engineName()} engine`, () => {
  let town: Town
  let differences: ReturnType<typeof notedDifferences>
  beforeEach(async () => {
    town = await aTown()
    differences = notedDifferences(town)
  })
  afterEach(() => town.close())

  const biller = (id = POWER) => {
    const found = town.neighbours.billers.get(id)
    if (found === undefined) throw new Error('there is such a biller')
    return found
  }
  const itemStates = async (payment: { paymentId: string }) =>
    (await paymentOf(town, WANG, payment.paymentId)).items.map(({ state }) => state)

  it('an order is settled and posted by WeChat’s word, or asked about again', async () => {
    const { note, settle, ends, stored } = differences
    town.weChatPay.faults.set({ noticeLost: 1 })
    const paid = await start(town, WANG, POWER)
    town.weChatPay.tap(paid.prepayId, 'paid')
    await town.pass(100)
    const unpaid = await start(town, WANG, WATER)
    await note({ paymentId: stored(paid) })
    await note({ paymentId: stored(unpaid), action: 'refund' })
    await note({})
    await note({ action: 'refund' })
    await note({ paymentId: stored(paid) }, 23)
    expect(await settle()).toBe(5)
    expect(await ends()).toEqual([
      'done after 1: settled by WeChat’s word',
      'open after 1: WeChat says not-paid, 5 minutes',
      'person after 1: the payment is unknown',
      'person after 1: the payment is unknown',
      'done after 24: settled by WeChat’s word',
    ])
    expect(await itemStates(paid)).toEqual(['posted'])
  })

  it('what WeChat’s file lacks is for a person, with WeChat’s word', async () => {
    const { note, settle, ends, stored } = differences
    const paid = await pay(town, WANG, POWER)
    const unpaid = await start(town, WANG, WATER)
    await note({ paymentId: stored(paid), reason: 'ours-only' })
    await note({ paymentId: stored(unpaid), reason: 'ours-only' })
    await settle()
    expect(await ends()).toEqual([
      'person after 1: WeChat confirms the payment that its file lacks',
      'person after 1: WeChat says not-paid of what we settled',
    ])
  })

  it('an open posting is finished by its task, and what stays open is tried again', async () => {
    const { note, settle, ends, stored } = differences
    biller(WATER).setFaults({ down: 1 })
    const two = await pay(town, WANG, POWER, WATER)
    // Of another payment: who settles two of one at once may find the task of either in the other's hands.
    const one = await pay(town, WANG, 'shenjiang-water')
    const of = (itemNo: number, payment = two) => ({
      paymentId: stored(payment),
      source: 'postings' as const,
      reason: 'biller-only' as const,
      facts: { about: `${stored(payment)}-${itemNo}`, side: 'biller', itemNo },
    })
    const states = await itemStates(two)
    expect([...states].sort()).toEqual(['posted', 'posting'])
    const [posted, posting] = [1 + states.indexOf('posted'), 1 + states.indexOf('posting')]
    await note(of(posted))
    await note({ ...of(posted), action: 'post-again' })
    await note(of(posting))
    await note(of(2, one))
    await settle()
    const isFinished = 'done after 1: posted by the biller’s word'
    expect(await ends()).toEqual([
      isFinished,
      isFinished,
      'open after 1: the item is posting, 5 minutes',
      'open after 1: the item is unknown, 5 minutes',
    ])
    biller(WATER).setFaults({ down: 0 })
    town.clock.advance(5 * MINUTE)
    expect(await settle()).toBe(2)
    expect(await itemStates(two)).toEqual(['posted', 'posted'])
    expect(await ends()).toEqual([
      isFinished,
      isFinished,
      'done after 2: posted by the biller’s word',
      'open after 2: the item is unknown, 10 minutes',
    ])
  })

  it('a credit that the biller lost is told again, and what it has or refuses is said', async () => {
    const { note, settle, ends, stored } = differences
    const payments = {
      lost: await pay(town, WANG, POWER),
      refused: await pay(town, WANG, WATER),
      kept: await pay(town, WANG, 'shenjiang-water'),
    }
    for (const [id, status] of [
      [POWER, 'due'],
      [WATER, 'paid'],
    ] as const) {
      const { books } = biller(id)
      const told = books.dump()
      const bills = told.bills.map((one) => ({ ...one, bill: { ...one.bill, status } }))
      books.load({ ...told, credits: [], bills })
    }
    const lost = (paymentId: string, itemNo = 1) =>
      note({
        paymentId,
        source: 'postings',
        reason: 'ours-only',
        action: 'post-again',
        facts: { about: `${paymentId}-1`, side: 'ours', itemNo },
      })
    for (const payment of Object.values(payments)) await lost(stored(payment))
    await lost(NOBODY)
    await lost(stored(payments.kept), 2)
    await settle()
    expect(await ends()).toEqual([
      'done after 1: posted again',
      'person after 1: the biller says already-credited',
      'done after 1: the biller has it',
      'person after 1: the item is not posted any more',
      'person after 1: the item is not posted any more',
    ])
    const credited = (id: string) =>
      biller(id)
        .books.credits()
        .map(({ posting }) => posting.postingId)
    expect(credited(POWER)).toEqual([`${stored(payments.lost)}-1`])
    expect(credited('shenjiang-water')).toEqual([`${stored(payments.kept)}-1`])
  })

  it('a credit that the biller has is not told again', async () => {
    const { note, settle, ends, stored } = differences
    const paymentId = stored(await pay(town, WANG, POWER))
    await note({
      paymentId,
      source: 'postings',
      reason: 'ours-only',
      action: 'post-again',
      facts: { about: `${paymentId}-1`, side: 'ours', itemNo: 1 },
    })
    const { billers } = town.ports
    const post = () => Promise.reject(new Error('it was told'))
    const adapter = (id: string) => ({ ...billers.adapter(id), post })
    await settle({ ...town.ports, billers: { ...billers, adapter } })
    expect(await ends()).toEqual(['done after 1: the biller has it'])
  })

  it('midnight’s other day is waited for, an hour at a time, and then a person has it', async () => {
    const { note, settle, ends } = differences
    const [before, after] = ['2026-11-15', '2026-11-17']
    const now = town.clock.now()
    const file = async (key: FileKey, state: 'wanted' | 'matched') => {
      await wantFile(town.database, key, now)
      if (state === 'wanted') return
      const attempt = (await claimFile(town.database, key, now, MINUTE)) ?? 0
      const read = { rows: 0, digest: '', sums: {}, leftRows: 0, unmet: [], heldAt: now }
      await stageFile(town.database, key, attempt, read)
      await finishFile(town.database, key, { attempt, differences: 0 }, now)
    }
    for (const [ownerId, day, state] of [
      ['both', before, 'matched'],
      ['both', after, 'matched'],
      ['no-before', after, 'matched'],
      ['open-before', before, 'wanted'],
      ['open-before', after, 'matched'],
      ['open-after', before, 'matched'],
      ['open-after', after, 'wanted'],
      ['no-after', before, 'matched'],
    ] as const)
      await file({ ownerId, source: 'trade', day }, state)
    for (const ownerId of ['both', 'no-before', 'open-before', 'open-after', 'no-after'])
      await note({ ownerId, reason: 'day-cut', action: 'wait' })
    await note({ ownerId: 'no-after', reason: 'day-cut', action: 'wait' }, 100)
    await settle()
    const open = 'the other day is not matched yet, 60 minutes'
    expect(await ends()).toEqual([
      'person after 1: the other day has it not either',
      'person after 1: the other day has it not either',
      `open after 1: ${open}`,
      `open after 1: ${open}`,
      `open after 1: ${open}`,
      `open after 101: ${open}`,
    ])
  })

  it('a fault is logged and tried again, and after a day of tries a person has it', async () => {
    const { note, settle, ends, stored } = differences
    const payment = await start(town, WANG, POWER)
    town.weChatPay.faults.set({ serverError: 1 })
    for (const attempts of [0, 22, 23]) await note({ paymentId: stored(payment) }, attempts)
    await settle()
    const faults = town.log.filter(({ event }) => event === 'settle-difference')
    expect(faults.map(({ level, paymentId }) => `${level} ${paymentId}`)).toEqual(
      [1, 2, 3].map(() => `warn ${stored(payment)}`),
    )
    const told = await ends()
    const ids = told.map((end) => / fault (\S+?)(?:,|$)/.exec(end)?.[1])
    expect(ids.sort()).toEqual(faults.map(({ errorId }) => errorId).sort())
    expect(told.map((end) => end.replace(/ fault [^,]+/, ' fault'))).toEqual([
      'open after 1: fault, 5 minutes',
      'open after 23: fault, 60 minutes',
      'person after 24: fault',
    ])
  })

  it('none is begun once time is over, and none before its time', async () => {
    const { note, ends } = differences
    await note({})
    const now = town.clock.now()
    expect(await settleDifferences(town.ports, now)).toBe(0)
    expect(await ends()).toEqual(['open after 0: null, 0 minutes'])
    expect(await settleDifferences(town.ports, now + 1)).toBe(1)
    expect(await settleDifferences(town.ports, now + 1)).toBe(0)
  })
})
