import type { ReversalOutcome } from '../../../src/cloud/billers/biller'
import type { Database } from '../../../src/cloud/postgres/database'
import { claimTask } from '../../../src/cloud/postgres/outbox'
import { retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import {
  declineRefund,
  finishReversal,
  settleWithBiller,
} from '../../../src/cloud/postgres/refund-requests'
import { readGauges } from '../../../src/cloud/postgres/watch'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aPaidOrder, at, FIRST } from '../../support/paid-order'

describe(`what a refund by hand of credited money writes, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  it('of what is credited: a person tells its reversal, and WeChat may close it yet', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    await life.takeIn(100)
    life.told()
    await life.settle('nobody', 'B-1')
    await life.settle('li', 'B-1')
    expect(life.told()).toEqual([
      'settle by nobody: "not-staff"',
      'again: "not-staff"',
      'settle by li: "settled"',
      '  item 1: reversed_fen=100',
      '  refund 101: takes_from=unposted reversed_at=120s reversal_number=B-1',
      '  task reverse 101: done_at=120s',
      'again: "before"',
    ])
    await life.end('closed', 100)
    await life.takeIn(60, 'another')
    expect(life.told()).toEqual([
      'closed: "recorded"',
      '+ movement 1 refund-closed:101: at=111s debit=refunding credit=unposted biller_id=biller-1 amount_fen=100',
      '  refund 101: state=closed payer_fen=100 finished_at=110s',
      '  task refund 101: handed_at=111s person_reason=refund-closed',
      'again: "before"',
      'by hand 60: {"answer":"taken","refundNo":102,"isCredited":false}',
      '+ movement 1 refund:102: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=60',
      '+ refund 102: state=sent part_no=1 amount_fen=60 takes_from=unposted',
      '+ task refund 102: next_at=100s attempts=0 failures=0',
      'again: {"answer":"before","refundNo":102,"isCredited":false}',
    ])
  })

  it('of what is credited: the biller keeps its credit', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    await life.takeIn(40)
    life.told()
    await life.settle('li')
    expect(life.told()).toEqual([
      'settle by li: "settled"',
      '  task reverse 101: done_at=120s',
      'again: "before"',
    ])
  })

  it('of what is credited: a person has the biller asked, which refuses, or takes it back too late', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    await life.takeIn(40)
    life.told()
    const key = { paymentId: life.paymentId, kind: 'reverse', itemNo: FIRST } as const
    const reverse = (outcome: ReversalOutcome) =>
      life.step(outcome.state, () => finishReversal(database, life.key(FIRST), outcome, at(121)))
    await life.step('retry', () => retryTask(database, key, at(120)))
    await reverse({ state: 'refused', code: 'not-allowed' })
    expect(life.told()).toEqual([
      'retry: "retried"',
      '  task reverse 101: next_at=120s handed_at person_reason',
      'again: "not-listed"',
      'refused: told',
      '  task reverse 101: handed_at=121s person_reason=reversal-refused',
      'again: told',
    ])
    await life.step('retry', () => retryTask(database, key, at(122)))
    life.told()
    await life.end('closed', 40)
    await reverse({ state: 'reversed', reversalNumber: 'B-1', reversedAt: at(123) })
    expect(life.told()).toEqual([
      'closed: "recorded"',
      '+ movement 1 refund-closed:101: at=111s debit=refunding credit=posted biller_id=biller-1 amount_fen=40',
      '  refund 101: state=closed payer_fen=40 finished_at=110s',
      '  task refund 101: handed_at=111s person_reason=refund-closed',
      '  task reverse 101: done_at=111s',
      'again: "before"',
      'reversed: told',
      '  item 1: reversed_fen=40',
      '+ movement 1 reverse:101: at=121s debit=posted credit=unposted biller_id=biller-1 amount_fen=40',
      '  refund 101: takes_from=unposted reversed_at=123s reversal_number=B-1',
      'again: told',
    ])
  })

  it('that WeChat refuses, and that is withdrawn: what was reversed for it is a person’s to give back', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    const refundNo = await life.agree(1, 60)
    const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(85) } as const
    await finishReversal(database, life.key(refundNo), reversed, at(86))
    await life.refuse(refundNo)
    await life.step('so far', async () => undefined)
    life.told()
    const by = { staffId: 'li', reason: 'by hand' }
    await life.step('withdraw', () => declineRefund(database, life.key(refundNo), by, at(96)))
    expect(life.told()).toEqual([
      'withdraw: "declined"',
      '  refund 101: state=declined finished_at=96s declined_for=by hand',
      '  task refund 101: handed_at=96s person_reason=part-given-back',
      'again: "before"',
    ])
  })

  it('of a part, while two of ours are approved: they wait for a person before they are sent', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    const [first, second] = [await life.agree(1, 30), await life.agree(1, 20)]
    const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(85) } as const
    await finishReversal(database, life.key(first), reversed, at(86))
    await life.takeIn(30)
    const reasons = async () =>
      (await tasksOfPersons(database, 500))
        .filter(({ paymentId }) => paymentId === life.paymentId)
        .map(({ kind, itemNo, reason }) => `${kind} ${itemNo} ${reason}`)
        .sort()
    expect(await reasons()).toEqual([
      'refund 101 given-back-by-hand',
      'reverse 103 given-back-by-hand',
    ])
    await finishReversal(database, life.key(second), reversed, at(121))
    expect(await reasons()).toContain('refund 102 given-back-by-hand')
    const by = { staffId: 'li', reason: 'the same' }
    expect(await declineRefund(database, life.key(first), by, at(122))).toBe('declined')
    expect(await reasons()).toEqual([
      'refund 101 part-given-back',
      'refund 102 given-back-by-hand',
      'reverse 103 given-back-by-hand',
    ])
  })

  it('of what is credited: it is settled while it is tried again in vain, and once', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    await life.takeIn(40)
    await life.end('done', 40)
    const task = { paymentId: life.paymentId, kind: 'reverse' as const, itemNo: FIRST }
    const open = async () =>
      (await readGauges(database, at(140))).find(({ gauge }) => gauge === 'refund')?.open ?? 0
    const before = await open()
    await retryTask(database, task, at(110))
    expect((await open()) - before).toBe(1)
    const settle = (outcome: string, seconds: number) =>
      settleWithBiller(database, life.key(FIRST), { staffId: 'li', outcome }, at(seconds))
    await claimTask(database, task, at(111), 30_000)
    expect(await settle('kept: it bears it', 120)).toBe('not-listed')
    expect(await settle('kept: it bears it', 142)).toBe('settled')
    expect(await settle('kept: it bears it', 143)).toBe('before')
    expect(await settle('reversed: B-1', 144)).toBe('not-listed')
  })

  it('takes what was reversed for one of ours that WeChat refused, before what is credited', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    const refundNo = await life.agree(1, 60)
    const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(85) } as const
    await finishReversal(database, life.key(refundNo), reversed, at(86))
    await life.refuse(refundNo)
    await life.takeIn(100)
    expect(life.told()).toEqual([
      'by hand 100: {"answer":"taken","refundNo":102,"isCredited":true}',
      '  item 1: reversed_fen=60',
      '+ movement 1 refund:102: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=60',
      '+ movement 1 refund:103: at=100s debit=posted credit=refunding biller_id=biller-1 amount_fen=40',
      '+ movement 1 reverse:101: at=86s debit=posted credit=unposted biller_id=biller-1 amount_fen=60',
      '+ refund 101: state=declined part_no=1 amount_fen=60 takes_from=unposted',
      '+ refund 102: state=sent part_no=1 amount_fen=60 takes_from=unposted',
      '+ refund 103: state=sent part_no=2 amount_fen=40 takes_from=posted',
      '+ task refund 101: done_at=100s next_at=86s attempts=0 failures=0 handed_at=95s person_reason=refund-refused',
      '+ task refund 102: next_at=100s attempts=0 failures=0',
      '+ task reverse 101: done_at=86s next_at=81s attempts=0 failures=0',
      '+ task reverse 103: next_at=100s attempts=0 failures=0 handed_at=100s person_reason=given-back-by-hand',
      'again: {"answer":"before","refundNo":102,"isCredited":true}',
    ])
  })
})
