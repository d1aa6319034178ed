import type { Database } from '../../../src/cloud/postgres/database'
import { beginPosting, noteCredit, openTasksOf } from '../../../src/cloud/postgres/outbox'
import { recordPaid, startPaymentRow } from '../../../src/cloud/postgres/payment-writes'
import { retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import { askRefund, declineRefund } from '../../../src/cloud/postgres/refund-requests'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aPaidOrder, at, FIRST } from '../../support/paid-order'
import { aPaymentToStart, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

describe(`what a refund by hand writes, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  it('of a whole order: a part for each of its bills, which end together', async () => {
    const life = await aPaidOrder(database, { bills: [100, 200, 300], posted: [2] })
    await life.takeIn(600)
    expect(life.told()).toEqual([
      'by hand 600: {"answer":"taken","refundNo":101,"isCredited":true}',
      '+ movement 1 refund:101: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=100',
      '+ movement 2 refund:103: at=100s debit=posted credit=refunding biller_id=biller-1 amount_fen=200',
      '+ movement 3 refund:102: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=300',
      '+ refund 101: state=sent part_no=1 amount_fen=100 takes_from=unposted',
      '+ refund 102: state=sent part_no=2 amount_fen=300 takes_from=unposted',
      '+ refund 103: state=sent part_no=3 amount_fen=200 takes_from=posted',
      '  task post 1: done_at=100s',
      '  task post 3: done_at=100s',
      '+ task refund 101: next_at=100s attempts=0 failures=0',
      '+ task reverse 103: next_at=100s attempts=0 failures=0 handed_at=100s person_reason=given-back-by-hand',
      'again: {"answer":"before","refundNo":101,"isCredited":true}',
    ])
    await life.end('done', 600, 450)
    expect(life.told()).toEqual([
      'done: "recorded"',
      '  item 1: refunded_fen=100',
      '  item 2: refunded_fen=200',
      '  item 3: refunded_fen=300',
      '+ movement 1 refund-done:101: at=111s debit=refunding credit=wallet biller_id=biller-1 amount_fen=100',
      '+ movement 2 refund-coupon:103: at=111s debit=refunding credit=promotion biller_id=biller-1 amount_fen=150',
      '+ movement 2 refund-done:103: at=111s debit=refunding credit=wallet biller_id=biller-1 amount_fen=50',
      '+ movement 3 refund-done:102: at=111s debit=refunding credit=wallet biller_id=biller-1 amount_fen=300',
      '  refund 101: state=done payer_fen=100 finished_at=110s',
      '  refund 102: state=done payer_fen=300 finished_at=110s',
      '  refund 103: state=done payer_fen=50 finished_at=110s',
      '  task refund 101: done_at=111s',
      'again: "before"',
    ])
  })

  it('of a part of each: the rest of what waits is a person’s', async () => {
    const life = await aPaidOrder(database, { bills: [100, 200] })
    await life.takeIn(250)
    expect(life.told()).toEqual([
      'by hand 250: {"answer":"taken","refundNo":101,"isCredited":false}',
      '+ movement 1 refund:101: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=100',
      '+ movement 2 refund:102: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=150',
      '+ refund 101: state=sent part_no=1 amount_fen=100 takes_from=unposted',
      '+ refund 102: state=sent part_no=2 amount_fen=150 takes_from=unposted',
      '  task post 1: done_at=100s',
      '  task post 2: handed_at=100s person_reason=part-given-back',
      '+ task refund 101: next_at=100s attempts=0 failures=0',
      'again: {"answer":"before","refundNo":101,"isCredited":false}',
    ])
  })

  it('that WeChat closes: its money is where it was, unless its biller has taken it back by then', async () => {
    const life = await aPaidOrder(database, { bills: [100, 200], posted: [1] })
    await life.takeIn(300)
    life.told()
    await life.end('abnormal', 300)
    await life.end('closed', 300)
    await life.settle('li', 'B-1', 102)
    expect(life.told()).toEqual([
      'abnormal: "recorded"',
      '  refund 101: state=abnormal payer_fen=200 finished_at=110s',
      '  refund 102: state=abnormal payer_fen=100 finished_at=110s',
      '  task refund 101: handed_at=111s person_reason=refund-abnormal',
      '+ task refund 102: next_at=111s attempts=0 failures=0 handed_at=111s person_reason=refund-abnormal',
      'again: "before"',
      'closed: "recorded"',
      '+ movement 1 refund-closed:102: at=111s debit=refunding credit=posted biller_id=biller-1 amount_fen=100',
      '+ movement 2 refund-closed:101: at=111s debit=refunding credit=unposted biller_id=biller-1 amount_fen=200',
      '  refund 101: state=closed',
      '  refund 102: state=closed',
      '  task refund 101: person_reason=refund-closed',
      '  task refund 102: person_reason=refund-closed',
      '  task reverse 102: done_at=111s',
      'again: "before"',
      'settle by li: "settled"',
      '  item 1: reversed_fen=100',
      '+ movement 1 reverse:102: at=120s debit=posted credit=unposted biller_id=biller-1 amount_fen=100',
      '  refund 102: takes_from=unposted reversed_at=120s reversal_number=B-1',
      'again: "before"',
    ])
  })

  it('in whose way one of ours is: that is withdrawn once WeChat has refused it', async () => {
    const life = await aPaidOrder(database, { bills: [100, 200] })
    const refundNo = await life.agree(1, 100)
    await life.takeIn(300)
    expect(life.told()).toEqual([
      'by hand 300: {"answer":"too-much","isCredited":false}',
      '+ refund 101: state=approved part_no=1 amount_fen=100 takes_from=unposted',
      '  task post 1: done_at=80s',
      '+ task refund 101: next_at=81s attempts=0 failures=0',
      'again: {"answer":"too-much","isCredited":false}',
    ])
    await life.refuse(refundNo)
    await life.takeIn(300)
    expect(life.told()).toEqual([
      'by hand 300: {"answer":"taken","refundNo":102,"isCredited":false}',
      '+ movement 1 refund:102: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=100',
      '+ movement 2 refund:103: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=200',
      '  refund 101: state=declined finished_at=100s declined_for=merchant-platform',
      '+ refund 102: state=sent part_no=1 amount_fen=100 takes_from=unposted',
      '+ refund 103: state=sent part_no=2 amount_fen=200 takes_from=unposted',
      '  task post 1: done_at=100s next_at=100s',
      '  task post 2: done_at=100s',
      '  task refund 101: done_at=100s handed_at=95s person_reason=refund-refused',
      '+ task refund 102: next_at=100s attempts=0 failures=0',
      'again: {"answer":"before","refundNo":102,"isCredited":false}',
    ])
  })

  it('in whose way a request is: that is withdrawn, the newest first, as far as it does not fit', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    for (const amountFen of [fen(30), fen(20), fen(40)]) {
      const asked = { paymentId: life.paymentId, itemNo: 1, amountFen, actor: 'li' }
      await askRefund(database, { ...asked, reason: `want ${amountFen}` }, at(80))
    }
    await life.step('so far', async () => undefined)
    life.told()
    await life.takeIn(60)
    expect(life.told()).toEqual([
      'by hand 60: {"answer":"taken","refundNo":104,"isCredited":true}',
      '+ movement 1 refund:104: at=100s debit=posted credit=refunding biller_id=biller-1 amount_fen=60',
      '  refund 102: state=declined finished_at=100s declined_for=merchant-platform',
      '  refund 103: state=declined finished_at=100s declined_for=merchant-platform',
      '+ refund 104: state=sent part_no=1 amount_fen=60 takes_from=posted',
      '+ task refund 104: next_at=100s attempts=0 failures=0',
      '+ task reverse 104: next_at=100s attempts=0 failures=0 handed_at=100s person_reason=given-back-by-hand',
      'again: {"answer":"before","refundNo":104,"isCredited":true}',
    ])
  })

  it('one of ours that WeChat refused is withdrawn by a person, and posted once a person says so', async () => {
    const life = await aPaidOrder(database, { bills: [100] })
    const refundNo = await life.agree(1, 100)
    const by = { staffId: 'li', reason: 'by hand' }
    const withdraw = () => declineRefund(database, life.key(refundNo), by, at(96))
    await life.step('open', withdraw)
    life.told()
    await life.refuse(refundNo)
    await life.step('withdraw', withdraw)
    expect(life.told()).toEqual([
      'withdraw: "declined"',
      '  refund 101: state=declined finished_at=96s declined_for=by hand',
      '  task post 1: next_at=96s handed_at=96s person_reason=refund-refused done_at',
      '  task refund 101: done_at=96s handed_at=95s person_reason=refund-refused',
      'again: "before"',
    ])
  })

  it('of a part of what nobody is to credit: the rest stays a person’s, and comes back with a request', async () => {
    const life = await aPaidOrder(database, { bills: [100] })
    await noteCredit(database, { paymentId: life.paymentId, itemNo: 1 }, 'duplicate', {
      code: `code-${life.paymentId}`,
      keyId: 'r1',
    })
    const asked = { itemNo: 1, amountFen: fen(40), reason: 'moved out', actor: 'li' }
    const ask = () => askRefund(database, { paymentId: life.paymentId, ...asked }, at(80))
    await life.step('ask', ask)
    expect(life.told()).toEqual([
      'ask: {"answer":"requested","refundNo":101}',
      '  item 1: credit=duplicate receipt_code=code-P receipt_key_id=r1',
      '+ refund 101: state=requested part_no=1 amount_fen=40 takes_from=unposted',
      '  task post 1: handed_at=80s person_reason=part-given-back',
      'again: {"answer":"before","refundNo":101}',
    ])
    await life.step('retry', () =>
      retryTask(database, { paymentId: life.paymentId, kind: 'post', itemNo: 1 }, at(82)),
    )
    await life.step('begin', () =>
      beginPosting(database, { paymentId: life.paymentId, itemNo: 1 }, at(83)),
    )
    await life.step('decline', () =>
      declineRefund(database, life.key(FIRST), { staffId: 'li', reason: 'no' }, at(84)),
    )
    expect(life.told()).toEqual([
      'retry: "retried"',
      '  task post 1: next_at=82s handed_at person_reason',
      'again: "not-listed"',
      'begin: "refunding"',
      '  task post 1: handed_at=83s person_reason=part-given-back',
      'again: "refunding"',
      'decline: "declined"',
      '  refund 101: state=declined finished_at=84s declined_for=no',
      '  task post 1: next_at=84s handed_at person_reason',
      'again: "before"',
    ])
  })

  it('that WeChat tells with the payment: its items are posted once a person says so', async () => {
    const items = [100, 200].map((principal, place) => ({
      orderNo: place + 1,
      principal,
      lateFee: 0,
    }))
    const payment = await aPaymentToStart(database, items)
    await startPaymentRow(database, payment, TODAY)
    const { paymentId } = payment
    const fact = paidFactOf(paymentId, items)
    const parts = fact.parts.map((part, place) => ({ ...part, isRefunded: place === 1 }))
    await recordPaid(database, { paymentId, fact: { ...fact, parts } }, TODAY)
    expect(await tasksOfPersons(database, 100)).toContainEqual(
      expect.objectContaining({ paymentId, kind: 'post', itemNo: 2, reason: 'refunded-elsewhere' }),
    )
    expect((await openTasksOf(database, paymentId)).map(({ itemNo }) => itemNo)).toEqual([1])
  })
})
