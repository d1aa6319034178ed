import type { Database } from '../../../src/cloud/postgres/database'
import { claimTask } from '../../../src/cloud/postgres/outbox'
import { retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import {
  declineRefund,
  finishReversal,
  settleWithBiller,
} from '../../../src/cloud/postgres/refund-requests'
import { endRefundTask, markRefundSent } from '../../../src/cloud/postgres/refunds'
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
  /** Its biller took 40 back for one of ours that is withdrawn, and as much was given back by hand. */
  const givenTwoWays = async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    await decline(life, refundNo)
    life.told()
    return { life, refundNo }
  }

  it('money by hand, once a person has said that its biller took nothing back for that', async () => {
    const { life, refundNo } = await givenTwoWays()
    expect(await persons(life)).toEqual([
      'refund 101 part-given-back',
      'reverse 102 given-back-by-hand',
    ])
    await life.settle('li', undefined, 102)
    expect(life.told()).toEqual([
      'settle by li: "settled"',
      '+ movement 1 use-reversal:102: at=120s debit=unposted credit=posted biller_id=biller-1 amount_fen=40',
      '  refund 102: takes_from=unposted reversed_at=120s',
      '  task reverse 102: done_at=120s',
      'again: "before"',
    ])
    await retryTask(
      database,
      { paymentId: life.paymentId, kind: 'refund', itemNo: refundNo },
      at(127),
    )
    await endRefundTask(database, life.key(refundNo), at(128))
    expect(await persons(life)).toEqual([])
  })

  it('money by hand, of which that was said before the refund was withdrawn', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    await life.settle('li', undefined, 102)
    life.told()
    await decline(life, refundNo)
    expect(life.told()).toEqual([
      'withdraw: "declined"',
      '+ movement 1 use-reversal:102: at=125s debit=unposted credit=posted biller_id=biller-1 amount_fen=40',
      '  refund 101: state=declined finished_at=125s declined_for=the same',
      '  refund 102: takes_from=unposted reversed_at=125s',
      '  task refund 101: done_at=125s',
      'again: "before"',
    ])
  })

  it('nothing, where its biller took back as much for the money by hand', async () => {
    const { life } = await givenTwoWays()
    await life.settle('li', 'B-2', 102)
    expect(life.told()).toEqual([
      'settle by li: "settled"',
      '  item 1: reversed_fen=80',
      '  refund 102: takes_from=unposted reversed_at=120s reversal_number=B-2',
      '  task reverse 102: done_at=120s',
      'again: "before"',
    ])
    expect(await persons(life)).toEqual(['refund 101 part-given-back'])
  })

  it('the other one, if its biller took it back after all: that is a person’s to give back', async () => {
    const { life } = await givenTwoWays()
    await asked(life, 102)
    await life.settle('li', undefined, 102)
    life.told()
    await life.step('reversed', () =>
      finishReversal(database, life.key(102), { ...REVERSED, reversalNumber: 'B-2' }, at(126)),
    )
    expect(life.told()).toEqual([
      'reversed: told',
      '  item 1: reversed_fen=80',
      '+ movement 1 reverse:102: at=126s debit=posted credit=unposted biller_id=biller-1 amount_fen=40',
      '  refund 102: reversed_at=85s reversal_number=B-2',
      '  task refund 102: handed_at=126s person_reason=part-given-back',
      'again: told',
    ])
    for (const state of ['abnormal', 'done'] as const) await life.end(state, 40, 40, 'by-hand', 102)
    expect(await persons(life)).toEqual([
      'refund 101 part-given-back',
      'refund 102 part-given-back',
    ])
  })

  it('the other one, told of by a person, where it was taken for this one', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    await asked(life, 102)
    await life.step('refused', () => finishReversal(database, life.key(102), REFUSED, at(126)))
    expect(await persons(life)).toContain('reverse 102 reversal-refused')
    await decline(life, refundNo)
    await life.settle('li', 'B-2', 102)
    expect(await persons(life)).toEqual(['refund 101 part-given-back'])
  })

  it('not one of ours, while it may be that of money by hand', async () => {
    const { life } = await givenTwoWays()
    await life.agree(1, 40)
    await life.step('so far', async () => undefined)
    expect(life.told().filter((line) => line.startsWith('+ task'))).toEqual([
      '+ task reverse 103: next_at=81s attempts=0 failures=0',
    ])
  })

  it('not what is more than that', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 30)
    await finish(life, refundNo, 86)
    await life.takeIn(40)
    await decline(life, refundNo)
    await life.settle('li', undefined, 102)
    expect(await persons(life)).toEqual(['refund 101 part-given-back'])
  })

  it('not while one of ours that WeChat has closed is to be asked for anew', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    const task = { paymentId: life.paymentId, kind: 'refund', itemNo: refundNo } as const
    const tryAgain = async (seconds: number) => {
      await retryTask(database, task, at(seconds))
      await endRefundTask(database, life.key(refundNo), at(seconds + 1))
    }
    await finish(life, refundNo, 86)
    await life.step('sent', () => markRefundSent(database, life.key(refundNo), 'w', at(87)))
    await life.takeIn(40)
    await life.end('closed', 40, 40, `${life.paymentId}R101`, refundNo)
    await life.settle('li', undefined, 102)
    await tryAgain(127)
    expect(await persons(life)).toEqual(['refund 101 refund-closed'])
    await life.agree(1, 40)
    await tryAgain(129)
    expect(await persons(life)).toEqual([])
  })

  it('of two by hand that may each use it the first, whatever their numbers are', async () => {
    const life = await aPosted()
    const refundNo = await life.agree(1, 40)
    await life.takeIn(30, 'Z')
    await life.takeIn(20, 'A')
    for (const byHand of [102, 103]) await life.settle('li', undefined, byHand)
    await finish(life, refundNo, 106)
    life.told()
    await decline(life, refundNo)
    expect(life.told().filter((line) => line.startsWith('+ movement'))).toEqual([
      '+ movement 1 use-reversal:102: at=125s debit=unposted credit=posted biller_id=biller-1 amount_fen=30',
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

  it('what is given back by hand a second time, when the first was closed and its biller answers late', async () => {
    const life = await aPosted()
    await life.takeIn(100, 'first')
    await asked(life, FIRST)
    await life.end('closed', 100, 100, 'first')
    await life.takeIn(100, 'second')
    await finish(life, FIRST, 130)
    expect(await persons(life)).toEqual([
      'refund 101 refund-closed',
      'reverse 102 given-back-by-hand',
    ])
    life.told()
    // Its biller took back no more than once: whichever number is told, it is that one.
    await life.settle('li', 'B-1', 102)
    expect(life.told()).toEqual([
      'settle by li: "settled"',
      '+ movement 1 use-reversal:102: at=120s debit=unposted credit=posted biller_id=biller-1 amount_fen=100',
      '  refund 102: takes_from=unposted reversed_at=120s',
      '  task reverse 102: done_at=120s',
      'again: "before"',
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
