import type { Database } from '../../../src/cloud/postgres/database'
import {
  beginPosting,
  claimTask,
  finishPosting,
  noteCredit,
} from '../../../src/cloud/postgres/outbox'
import { retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import { declineRefund, finishReversal } from '../../../src/cloud/postgres/refund-requests'
import { endRefundTask, requestRefund } from '../../../src/cloud/postgres/refunds'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { aPaidOrder, at, FIRST } from '../../support/paid-order'

type Life = Awaited<ReturnType<typeof aPaidOrder>>

describe(`what is left when a refund came to nothing, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  /** A person has it tried again, and a runner finds it ended. */
  const triedAgain = async (life: Life, refundNo: number) => {
    const { paymentId } = life
    await retryTask(database, { paymentId, kind: 'refund', itemNo: refundNo }, at(130))
    await life.step('so far', async () => undefined)
    life.told()
    await life.step('end', () => endRefundTask(database, life.key(refundNo), at(131)))
    return life.told()
  }
  const isEnded = (refundNo: number) => [
    'end: told',
    `  task refund ${refundNo}: done_at=131s`,
    'again: told',
  ]
  const isPersons = (refundNo: number, reason: string) => [
    'end: told',
    `  task refund ${refundNo}: handed_at=131s person_reason=${reason}`,
    'again: told',
  ]

  it('of an item that nobody is to post any more stays a person’s until it is asked for anew', async () => {
    const life = await aPaidOrder(database, { bills: [100] })
    await life.takeIn(100)
    await life.end('closed', 100)
    expect(await triedAgain(life, FIRST)).toEqual(isPersons(FIRST, 'refund-closed'))
    await life.agree(1, 100)
    expect(await triedAgain(life, FIRST)).toEqual(isEnded(FIRST))
  })

  it('is no more a person’s where the posting is one’s', async () => {
    const life = await aPaidOrder(database, { bills: [100] })
    const { paymentId } = life
    const receipt = { code: `code-${paymentId}`, keyId: 'r1' }
    await noteCredit(database, { paymentId, itemNo: 1 }, 'duplicate', receipt)
    await life.takeIn(40)
    await life.end('closed', 40)
    expect(await triedAgain(life, FIRST)).toEqual(isEnded(FIRST))
  })

  it('of what its biller took back stays a person’s', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    const refundNo = await life.agree(1, 60)
    const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(85) } as const
    await finishReversal(database, life.key(refundNo), reversed, at(86))
    await life.end('closed', 60, 60, `${life.paymentId}R${refundNo}`)
    expect(await triedAgain(life, refundNo)).toEqual(isPersons(refundNo, 'refund-closed'))
    await life.agree(1, 60)
    expect(await triedAgain(life, refundNo)).toEqual(isEnded(refundNo))
  })

  it('is nothing where its biller holds it', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    await life.takeIn(100)
    await life.end('closed', 100)
    expect(await triedAgain(life, FIRST)).toEqual(isEnded(FIRST))
  })

  it('of what its biller rejected, and of which a part was given back by hand, stays a person’s', async () => {
    const life = await aPaidOrder(database, { bills: [100] })
    const item = { paymentId: life.paymentId, itemNo: 1 }
    await beginPosting(database, item, at(70))
    await finishPosting(database, item, { rejection: 'nothing-owed' }, at(71))
    await life.refuse(1)
    await life.takeIn(40)
    expect(await triedAgain(life, 1)).toEqual(isPersons(1, 'part-given-back'))
    await life.agree(1, 60)
    expect(await triedAgain(life, 1)).toEqual(isEnded(1))
  })

  it('of what its biller rejected stays with whoever has its posting, until all of it is given back', async () => {
    const life = await aPaidOrder(database, { bills: [100] })
    const item = { paymentId: life.paymentId, itemNo: 1 }
    await noteCredit(database, item, 'duplicate', { code: `code-${life.paymentId}`, keyId: 'r1' })
    const rule = { ...item, refundNo: 1, amountFen: fen(100), reason: 'twice', actor: 'jobs' }
    await requestRefund(database, { ...rule, rule: 'duplicate' }, at(60))
    await life.refuse(1)
    await declineRefund(database, life.key(1), { staffId: 'li', reason: 'no' }, at(66))
    await retryTask(database, { ...item, kind: 'post' }, at(67))
    await beginPosting(database, item, at(70))
    await finishPosting(database, item, { rejection: 'nothing-owed' }, at(71))
    const open = async () =>
      (await tasksOfPersons(database, 500))
        .filter(({ paymentId }) => paymentId === life.paymentId)
        .map(({ kind, itemNo, reason }) => `${kind} ${itemNo} ${reason}`)
    expect(await open()).toEqual(['post 1 not-given-back'])
    await life.takeIn(40)
    await life.end('done', 40)
    expect(await open()).toEqual(['post 1 not-given-back'])
    await life.agree(1, 60)
    expect(await open()).toEqual([])
  })

  it('of what its biller takes back after the close is a person’s again', async () => {
    const life = await aPaidOrder(database, { bills: [100], posted: [1] })
    const { paymentId } = life
    const reverse = { paymentId, kind: 'reverse', itemNo: FIRST } as const
    const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(132) } as const
    await life.takeIn(40)
    await retryTask(database, reverse, at(105))
    await claimTask(database, reverse, at(106), 0)
    await life.end('closed', 40)
    expect(await triedAgain(life, FIRST)).toEqual(isEnded(FIRST))
    await life.step('reversed', () => finishReversal(database, life.key(FIRST), reversed, at(133)))
    expect(life.told()).toEqual([
      'reversed: told',
      '  item 1: reversed_fen=40',
      '+ movement 1 reverse:101: at=133s debit=posted credit=unposted biller_id=biller-1 amount_fen=40',
      '  refund 101: takes_from=unposted reversed_at=132s reversal_number=B-1',
      '  task refund 101: handed_at=133s person_reason=refund-closed done_at',
      '  task reverse 101: done_at=133s locked_until',
      'again: told',
    ])
    expect(await triedAgain(life, FIRST)).toEqual(isPersons(FIRST, 'refund-closed'))
  })

  it('of what its biller rejects after it was asked back in vain is a person’s', async () => {
    const life = await aPaidOrder(database, { bills: [100] })
    const { paymentId } = life
    const item = { paymentId, itemNo: 1 }
    const asked = { ...item, refundNo: 1, amountFen: fen(100), reason: 'twice', actor: 'jobs' }
    await requestRefund(database, { ...asked, rule: 'duplicate' }, at(70))
    await life.refuse(1)
    await declineRefund(database, life.key(1), { staffId: 'li', reason: 'no' }, at(96))
    await retryTask(database, { ...item, kind: 'post' }, at(97))
    await beginPosting(database, item, at(98))
    await life.step('so far', async () => undefined)
    life.told()
    await life.step('rejected', () =>
      finishPosting(database, item, { rejection: 'nothing-owed' }, at(99)),
    )
    expect(life.told()).toEqual([
      'rejected: told',
      '  item 1: state=rejected rejection=nothing-owed rejected_at=99s',
      '  task post 1: handed_at=99s person_reason=not-given-back',
      'again: told',
    ])
  })
})
