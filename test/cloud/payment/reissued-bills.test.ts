import { statement } from '../../../src/cloud/postgres/database'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { startPaymentRow } from '../../../src/cloud/postgres/payment-writes'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { recordPaidOrder } from '../../../src/cloud/use-cases/record-paid'
import { resyncAccount } from '../../../src/cloud/use-cases/sync-account'
import { engineName } from '../../support/databases'
import { expectLawsHold } from '../../support/money-laws'
import { aPaymentId, dueItems, pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const BILLER = 'jinghua-power'
const ROWS = statement(
  'test-rows-of-payments',
  `select (select count(*) from payment)::int + (select count(*) from payment_item)::int as rows`,
)

describe(`bills that the biller issues anew, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  const biller = () => {
    const found = town.neighbours.billers.get(BILLER)
    if (found === undefined) throw new Error(`no simulator of ${BILLER}`)
    return found
  }
  /** The biller issues the bill again, a yuan dearer. */
  const reissue = async ({ accountId, billId }: { accountId: string; billId: string }) => {
    const bill = biller()
      .books.dump()
      .bills.find((one) => one.bill.billId === billId && one.bill.status === 'due')?.bill
    if (bill === undefined) throw new Error('the biller has no such bill due')
    bill.revision += 1
    bill.principal += 100
    const [line] = bill.lines as { amount: number }[]
    if (line !== undefined) line.amount += 100
    await resyncAccount(town.ports, accountId)
  }
  const standingOf = async (ref: { accountId: string; billId: string }) =>
    replyOf(await town.call(WANG, 'get-bill', { accountId: ref.accountId, billId: ref.billId }))
      .standing.kind
  const rows = async () => (await town.database.run<{ rows: number }>(ROWS))[0]?.rows

  it('a bill whose posting was refused comes back as a new revision, and can be paid', async () => {
    biller().setFaults({ down: 1 })
    const { paymentId, items } = await pay(town, WANG, BILLER)
    const [first] = items
    if (first === undefined) throw new Error('nothing is due')
    biller().setFaults({ down: 0 })
    await reissue(first)
    expect(await standingOf(first)).toBe('unposted')
    await town.pass(5 * 60_000)
    await town.jobs()
    const refused = (await paymentOf(town, WANG, paymentId)).items[0]
    expect(refused).toMatchObject({ state: 'rejected' })
    expect(refused?.trail[2]).toEqual({ kind: 'rejected', at: town.clock.now() })
    expect(await standingOf(first)).toBe('rejected')
    await resyncAccount(town.ports, first.accountId)
    expect(await standingOf(first)).toBe('due')
    const again = await pay(town, WANG, BILLER)
    expect((await paymentOf(town, WANG, again.paymentId)).items[0]?.state).toBe('posted')
  })

  it('an item that may have been posted is asked about, whatever became of its bill', async () => {
    biller().setFaults({ timeOutAfterPosting: 1 })
    const { paymentId, items } = await pay(town, WANG, BILLER)
    expect((await paymentOf(town, WANG, paymentId)).items[0]?.state).toBe('posting')
    await town.database.run(
      statement(
        'test-lose-credit',
        `update bill set revision = revision + 1, status = 'due', credited_payment_id = null,
           credited_item_no = null, credited_at = null where bill_id = $1`,
      ),
      [items[0]?.billId ?? ''],
    )
    biller().setFaults({ timeOutAfterPosting: 0 })
    await town.pass(10 * 60_000)
    await town.jobs()
    expect((await paymentOf(town, WANG, paymentId)).items[0]?.state).toBe('posted')
  })

  it('a bill under payment keeps the revision that was fixed when the payment began', async () => {
    const { items, prepayId, paymentId } = await start(town, WANG, BILLER)
    const [first] = items
    if (first === undefined) throw new Error('nothing is due')
    await reissue(first)
    town.weChatPay.tap(prepayId, 'paid')
    await town.pass(100)
    const paid = (await paymentOf(town, WANG, paymentId)).items[0]
    expect(paid).toMatchObject({ amount: first.amountSeen, duplicate: false })
    expect(paid?.state).toBe('rejected')
  })

  it('no bill is in a payment twice', async () => {
    const [first] = await dueItems(town, WANG, BILLER)
    if (first === undefined) throw new Error('nothing is due')
    const request = { paymentId: aPaymentId(), items: [first, first] }
    expect(await town.call(WANG, 'start-payment', request)).toMatchObject({ reason: 'malformed' })
    expect(await town.call(WANG, 'quote-payment', { bills: [first, first] })).toMatchObject({
      reason: 'malformed',
    })
    expect(await rows()).toBe(0)
  })

  it('a payment whose amounts do not agree is refused by the database, and nothing is written', async () => {
    const { paymentId } = await start(town, WANG, 'shenjiang-water')
    const stored = derivePaymentId(town.ports.personalData, WANG, paymentId)
    const dossier = await findDossier(town.database, stored)
    const [item] = dossier?.items ?? []
    const [first] = await dueItems(town, WANG, BILLER)
    if (dossier === undefined || item === undefined || first === undefined)
      throw new Error('there is a payment and a further bill')
    const before = await rows()
    const other = (amountFen: number, items: object[]) =>
      startPaymentRow(
        town.database,
        {
          ...dossier.payment,
          paymentId: `${stored.slice(0, -1)}x`,
          digest: 'other',
          amountFen,
          nextAskAt: town.clock.now(),
          orders: [{ ...dossier.orders[0], amountFen }],
          items,
        } as unknown as Parameters<typeof startPaymentRow>[1],
        town.clock.now(),
      )
    const due = { ...item, ...first, principalFen: 24_274, lateFeeFen: 291 }
    await expect(other(24_566, [due])).rejects.toThrow('law 4')
    await expect(other(49_130, [due, due])).rejects.toThrow('law 4')
    expect(await rows()).toBe(before)
  })

  it('money of a payer whom WeChat does not name is not taken for ours', async () => {
    const { paymentId } = await start(town, WANG, 'shenjiang-water')
    const stored = derivePaymentId(town.ports.personalData, WANG, paymentId)
    const dossier = await findDossier(town.database, stored)
    const [order] = dossier?.orders ?? []
    if (dossier === undefined || order === undefined) throw new Error('the payment was started')
    const part = {
      orderNumber: order.orderNumber,
      payeeId: order.payeeId,
      transactionId: '4200000000000000000000000001',
      amount: order.amountFen,
      payerAmount: order.amountFen,
      paidAt: town.clock.now(),
    }
    const { orderNumber, merchantId } = dossier.payment
    const fact = { state: 'paid', orderNumber, parts: [part] } as unknown as Parameters<
      typeof recordPaidOrder
    >[1]['fact']
    const answer = await recordPaidOrder(town.ports, { paymentId: stored, merchantId, fact })
    expect(answer).toBe('other-payer')
    expect((await paymentOf(town, WANG, paymentId)).state).toBe('awaiting')
  })
})
