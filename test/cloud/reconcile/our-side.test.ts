import type { Database } from '../../../src/cloud/postgres/database'
import { noteDifferences, tellDifference } from '../../../src/cloud/postgres/differences'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { requestRefund } from '../../../src/cloud/postgres/refunds'
import { ourSideOf } from '../../../src/cloud/use-cases/our-side'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { postItem } from '../../support/money-steps'
import { NOBODY } from '../../support/noted-differences'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

describe(`what our books say of the payments of a file, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  const paid = async () => {
    const paymentId = await aStoredPayment(database)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId) }, TODAY)
    return paymentId
  }
  const booksOf = (...ids: string[]) => ourSideOf(portsOver(database, { now: () => TODAY }), ids)

  it('is each payment with its own bill and its own refunds', async () => {
    const [posted, given, other] = [await paid(), await paid(), await paid()]
    await postItem(database, posted, 1)
    for (const paymentId of [given, other]) {
      const refund = { paymentId, refundNo: 1, itemNo: 1, amountFen: fen(100), actor: 'jobs' }
      await requestRefund(database, { ...refund, reason: 'twice', rule: 'duplicate' }, TODAY)
    }
    const books = await booksOf(posted, given, posted)
    expect(books.dossierOf(posted)).toMatchObject({ payment: { state: 'paid' } })
    const creditOf = (paymentId: string) =>
      books.billOf({ accountId: 'account-1', billId: `${paymentId}-0` })?.creditedPaymentId
    expect([creditOf(posted), creditOf(given)]).toEqual([posted, null])
    expect(books.billOf({ accountId: 'account-2', billId: `${posted}-0` })).toBeUndefined()
    expect(books.refundsOf(posted)).toEqual([])
    expect(books.refundsOf(given)).toMatchObject([{ paymentId: given, amountFen: 100 }])
    expect(books.dossierOf(other)).toBeUndefined()
  })

  it('is nothing of what is not ours, whatever a file calls it', async () => {
    const names = [NOBODY, '', 'bought elsewhere', 'a\u0000b']
    const books = await booksOf(...names)
    expect(names.map(books.dossierOf)).toEqual(names.map(() => undefined))
    expect(names.flatMap(books.refundsOf)).toEqual([])
  })

  it('knows which postings a biller was told anew', async () => {
    const [again, once] = [await paid(), await paid()]
    const difference = {
      paymentId: again,
      differenceId: 'postings:2026-11-16:1',
      ownerId: 'biller-1',
      source: 'postings',
      day: '2026-11-16',
      reason: 'ours-only',
      action: 'post-again',
      facts: { about: `${again}-1`, side: 'ours' },
    } as const
    await noteDifferences(database, [difference], TODAY)
    await tellDifference(database, difference, { state: 'done', outcome: 'told' }, TODAY)
    const books = await booksOf(again, once)
    expect([`${again}-1`, `${once}-1`].map(books.wasPostedAgain)).toEqual([true, false])
  })
})
