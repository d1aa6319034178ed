import type { Database } from '../../../src/cloud/postgres/database'
import { handToPerson, noteCredit } from '../../../src/cloud/postgres/outbox'
import { retryTask } from '../../../src/cloud/postgres/person-list'
import { declineRefund, finishReversal } from '../../../src/cloud/postgres/refund-requests'
import { beginRefund, LONG_AGO_MS, markRefundSent } from '../../../src/cloud/postgres/refunds'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aPaidOrder, at } from '../../support/paid-order'

const BEGUN_AT = 90
/** From then on nobody can be about to send it. */
const LONG_AFTER = BEGUN_AT + LONG_AGO_MS / 1_000
const BY = { staffId: 'li', reason: 'the same' }

describe(`what a refund that has begun allows, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  /** Of two bills, of the second of which 60 are to be given back. */
  const approved = async () => {
    const life = await aPaidOrder(database, { bills: [100, 100] })
    await noteCredit(database, { paymentId: life.paymentId, itemNo: 2 }, 'duplicate', {
      code: `code-${life.paymentId}`,
      keyId: 'r1',
    })
    const refundNo = await life.agree(2, 60)
    await life.step('so far', async () => undefined)
    life.told()
    const begin = (seconds: number) =>
      life.step('begin', () => beginRefund(database, life.key(refundNo), at(seconds)))
    const task = { paymentId: life.paymentId, kind: 'refund', itemNo: refundNo } as const
    return { life, refundNo, begin, task }
  }
  const aboutOurs = (lines: string[]) => lines.filter((line) => /begin|again|refund 101/.test(line))

  it('money by hand does not hand it to a person, since WeChat may have it', async () => {
    const { life, refundNo, begin } = await approved()
    await begin(BEGUN_AT)
    expect(life.told()).toEqual(['begin: "begun"', '  refund 101: begun_at=90s', 'again: "begun"'])
    await life.takeIn(40)
    expect(aboutOurs(life.told())).toEqual([
      '  refund 101: is_doubted=true',
      'again: {"answer":"before","refundNo":102,"isCredited":false}',
    ])
    expect(await declineRefund(database, life.key(refundNo), BY, at(101))).toBe('not-open')
  })

  it('it is a person’s when WeChat does not know it long after, who has it sent all the same', async () => {
    const { life, refundNo, begin, task } = await approved()
    await begin(BEGUN_AT)
    await life.takeIn(40)
    life.told()
    await begin(LONG_AFTER - 1)
    expect(life.told()).toEqual(['begin: "later"', 'again: "later"'])
    await begin(LONG_AFTER)
    expect(life.told()).toEqual([
      'begin: "given-back-by-hand"',
      `  refund 101: begun_at`,
      `  task refund 101: handed_at=${LONG_AFTER}s person_reason=given-back-by-hand`,
      'again: "not-open"',
    ])
    await retryTask(database, task, at(LONG_AFTER + 10))
    await life.step('so far', async () => undefined)
    expect(aboutOurs(life.told())).toContain('  refund 101: is_doubted=false')
    await begin(LONG_AFTER + 20)
    expect(life.told()).toEqual([
      'begin: "begun"',
      `  refund 101: begun_at=${LONG_AFTER + 20}s`,
      'again: "begun"',
    ])
    expect(await declineRefund(database, life.key(refundNo), BY, at(LONG_AFTER + 30))).toBe(
      'not-open',
    )
  })

  it('what has not begun is a person’s at once, who withdraws it', async () => {
    const { life, refundNo, begin } = await approved()
    await life.takeIn(40)
    expect(aboutOurs(life.told())).toEqual([
      '  refund 101: is_doubted=true',
      '  task refund 101: handed_at=100s person_reason=given-back-by-hand',
      'again: {"answer":"before","refundNo":102,"isCredited":false}',
    ])
    await begin(110)
    expect(life.told()).toEqual(['begin: "not-open"', 'again: "not-open"'])
    expect(await declineRefund(database, life.key(refundNo), BY, at(111))).toBe('declined')
    await begin(112)
    expect(life.told()).toContain('begin: "not-open"')
  })

  it('who tries it again for another reason does not say that both are right', async () => {
    const { life, begin, task } = await approved()
    await begin(BEGUN_AT)
    await handToPerson(database, task, 'fault E1', at(95))
    await life.takeIn(40)
    await retryTask(database, task, at(101))
    life.told()
    await begin(LONG_AFTER)
    expect(life.told()).toContain('begin: "given-back-by-hand"')
  })

  it('who looked why WeChat’s rules refuse it says that both are right', async () => {
    const { life, refundNo, begin, task } = await approved()
    await begin(BEGUN_AT)
    await life.refuse(refundNo)
    await life.takeIn(40)
    await retryTask(database, task, at(101))
    life.told()
    await begin(160)
    expect(life.told()).toContain('begin: "begun"')
  })

  it('money of another order says nothing of it', async () => {
    const { begin, life } = await approved()
    const other = await approved()
    await other.life.takeIn(40)
    await begin(BEGUN_AT)
    expect(life.told()).toContain('begin: "begun"')
  })

  it.each([
    ['a minute later', 60, 'begun'],
    ['within the minute', 59, 'too-soon'],
    ['by a clock that is a little behind', -59, 'too-soon'],
    ['by a clock that is far behind', -60, 'begun'],
  ])('another one of its order begins %s: %s s, %s', async (_, seconds, answer) => {
    const { life, refundNo, begin } = await approved()
    const second = await life.agree(2, 40)
    await begin(BEGUN_AT)
    const beginAt = (no: number, at_: number) => beginRefund(database, life.key(no), at(at_))
    expect(await beginAt(second, BEGUN_AT + seconds)).toBe(answer)
    expect(await beginAt(refundNo, BEGUN_AT + 300)).toBe('begun')
  })

  it('another one of its order waits also when a clock that was off said that it was sent', async () => {
    const { life, refundNo, begin } = await approved()
    const second = await life.agree(2, 40)
    await begin(BEGUN_AT)
    await markRefundSent(database, life.key(refundNo), 'w-1', at(BEGUN_AT + 86_400))
    expect(await beginRefund(database, life.key(second), at(BEGUN_AT + 20))).toBe('too-soon')
  })

  it('what is not there cannot begin', async () => {
    const { life } = await approved()
    expect(await beginRefund(database, life.key(999), at(90))).toBe('not-open')
  })

  it('money by hand that was made before its approval, and heard of after it, calls a person too', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    const refundNo = await life.agree(1, 60)
    await life.takeIn(30, 'by-hand', 70)
    await life.step('so far', async () => undefined)
    life.told()
    const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(105) } as const
    await life.step('reversed', () =>
      finishReversal(database, life.key(refundNo), reversed, at(106)),
    )
    expect(life.told()).toContain(
      '+ task refund 101: next_at=106s attempts=0 failures=0 handed_at=106s person_reason=given-back-by-hand',
    )
  })
})
