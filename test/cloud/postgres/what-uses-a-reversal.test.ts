import type { Database } from '../../../src/cloud/postgres/database'
import { claimTask } from '../../../src/cloud/postgres/outbox'
import { retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import {
  declineRefund,
  finishReversal,
  settleWithBiller,
} from '../../../src/cloud/postgres/refund-requests'
import { endRefundTask } from '../../../src/cloud/postgres/refunds'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aPaidOrder, at, FIRST } from '../../support/paid-order'

type Life = Awaited<ReturnType<typeof aPaidOrder>>
const REVERSED = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(85) } as const
const REFUSED = { state: 'refused', code: 'more-than-posted' } as const
const BY = { staffId: 'li', reason: 'the same' }

describe(`what uses what a biller took back in vain, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  const aPosted = () => aPaidOrder(database, { bills: [100], posted: [1] })
  const reverseOf = ({ paymentId }: Life, itemNo: number) =>
    ({ paymentId, kind: 'reverse', itemNo }) as const
  const finish = (life: Life, refundNo: number, seconds: number) =>
    life.step('reversed', () => finishReversal(database, life.key(refundNo), REVERSED, at(seconds)))
  const decline = (life: Life, refundNo: number) =>
    life.step('withdraw', () => declineRefund(database, life.key(refundNo), BY, at(125)))
  const persons = async ({ paymentId }: Life) =>
    (await tasksOfPersons(database, 500))
      .filter((task) => task.paymentId === paymentId)
      .map(({ kind, itemNo, reason }) => `${kind} ${itemNo} ${reason}`)
      .sort()
  /** Somebody has the biller asked, and a runner is at it. */
  const asked = async (life: Life, refundNo: number) => {
    await retryTask(database, reverseOf(life, refundNo), at(105))
    await claimTask(database, reverseOf(life, refundNo), at(106), 0)
  }
  it('money by hand, once the refund is withdrawn that it was meant for', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    life.told()
    await decline(life, refundNo)
    expect(life.told()).toEqual([
      'withdraw: "declined"',
      '+ movement 1 use-reversal:102: at=125s debit=unposted credit=posted biller_id=biller-1 amount_fen=40',
      '  refund 101: state=declined finished_at=125s declined_for=the same',
      '  refund 102: takes_from=unposted reversed_at=125s',
      '  task refund 101: done_at=125s',
      '  task reverse 102: done_at=125s',
      'again: "before"',
    ])
    expect(await persons(life)).toEqual([])
  })

  it('not what is more than that', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 30)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    await decline(life, refundNo)
    expect(await persons(life)).toEqual([
      'refund 101 part-given-back',
      'reverse 102 given-back-by-hand',
    ])
  })

  it('not what WeChat has closed', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await life.takeIn(40)
    await finish(life, refundNo, 106)
    await life.end('closed', 40, 40, 'by-hand', 102)
    await decline(life, refundNo)
    expect(await persons(life)).toEqual(['refund 101 part-given-back', 'refund 102 refund-closed'])
  })

  it('not while its biller is asked for one of its own, and once that is refused', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    await asked(life, 102)
    await decline(life, refundNo)
    expect(await persons(life)).toEqual(['refund 101 part-given-back'])
    life.told()
    await life.step('refused', () => finishReversal(database, life.key(102), REFUSED, at(126)))
    expect(life.told()).toEqual([
      'refused: told',
      '+ movement 1 use-reversal:102: at=126s debit=unposted credit=posted biller_id=biller-1 amount_fen=40',
      '  refund 102: takes_from=unposted reversed_at=126s',
      '  task reverse 102: done_at=126s handed_at=126s person_reason=reversal-refused locked_until',
      'again: told',
    ])
    await retryTask(
      database,
      { paymentId: life.paymentId, kind: 'refund', itemNo: refundNo },
      at(127),
    )
    await endRefundTask(database, life.key(refundNo), at(128))
    expect(await persons(life)).toEqual([])
  })

  it.each([
    ['before', 125],
    ['after', 120],
  ])('also where its biller is said to keep its credit, %s that', async (when, seconds) => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    if (when === 'before') await life.settle('li', undefined, 102)
    else await asked(life, 102)
    await decline(life, refundNo)
    if (when === 'after') await life.settle('li', undefined, 102)
    expect(life.told()).toContain(`  refund 102: takes_from=unposted reversed_at=${seconds}s`)
    expect((await persons(life)).filter((one) => one.startsWith('reverse'))).toEqual([])
  })

  it('what is given back by hand a second time, when the first was closed and its biller answers late', async () => {
    const life = await aPosted()
    await life.takeIn(60, 'first')
    await asked(life, FIRST)
    await life.end('closed', 60, 60, 'first')
    await life.takeIn(60, 'second')
    life.told()
    await finish(life, FIRST, 130)
    expect(life.told()).toEqual([
      'reversed: told',
      '  item 1: reversed_fen=60',
      '+ movement 1 reverse:101: at=130s debit=posted credit=unposted biller_id=biller-1 amount_fen=60',
      '+ movement 1 use-reversal:102: at=130s debit=unposted credit=posted biller_id=biller-1 amount_fen=60',
      '  refund 101: takes_from=unposted reversed_at=85s reversal_number=B-1',
      '  refund 102: takes_from=unposted reversed_at=130s',
      '  task reverse 101: done_at=130s locked_until',
      '  task reverse 102: done_at=130s',
      'again: told',
    ])
  })

  it('nothing, where its biller was said to keep its credit before the close', async () => {
    const life = await aPosted()
    await life.takeIn(60)
    await life.settle('li')
    await life.end('closed', 60)
    const another = { staffId: 'li', number: 'B-1', outcome: 'taken back' }
    expect(await settleWithBiller(database, life.key(FIRST), another, at(126))).toBe('not-listed')
  })
})
