import type { BillerBill } from '../../../src/cloud/billers/biller'
import type { Database } from '../../../src/cloud/postgres/database'
import { beginPosting, creditBill, finishPosting } from '../../../src/cloud/postgres/outbox'
import { closePayment, recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { settledItems } from '../../../src/cloud/postgres/payments'
import { heldBills } from '../../../src/cloud/use-cases/held-bills'
import { resyncAccount } from '../../../src/cloud/use-cases/sync-account'
import { aDatabase, engineName } from '../../support/databases'
import { postItem } from '../../support/money-steps'
import { dueItems, pay, WANG } from '../../support/payer'
import { portsOver } from '../../support/ports-over'
import { aPaymentToStart, aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { aTown, TODAY } from '../../support/town'

const [POWER, WATER] = ['jinghua-power', 'yanjing-water']
const ITEMS = [
  { orderNo: 1, principal: 100, lateFee: 0 },
  { orderNo: 1, principal: 200, lateFee: 0 },
]

describe(`bills that are issued anew while they are paid, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  /** Of the two bills of such a payment those whose new revision, or this one, has to wait. */
  const held = async (paymentId: string, revision = 2) => {
    const sent = [0, 1].map((index) => ({ billId: `${paymentId}-${index}`, revision }))
    const ids = await heldBills(
      portsOver(database, { now: () => TODAY }),
      'account-1',
      sent as unknown as BillerBill[],
    )
    return [...ids].map((id) => Number(id.replace(`${paymentId}-`, ''))).sort()
  }

  it('wait as long as the payment may still be paid, and not once it is closed', async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    expect(await held(paymentId)).toEqual([0, 1])
    await closePayment(database, paymentId, TODAY)
    expect(await held(paymentId)).toEqual([])
  })

  it('do not wait where nobody pays them, nor where the biller sent what it had sent before', async () => {
    const { paymentId } = await aPaymentToStart(database, ITEMS)
    expect(await held(paymentId)).toEqual([])
    expect(await held(await aStoredPayment(database, ITEMS), 1)).toEqual([])
  })
  it('wait for the biller’s word to the posting of each, and only that one is let go that it refuses', async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    const fact = paidFactOf(paymentId, ITEMS)
    await recordPaid(database, { paymentId, fact }, TODAY)
    expect(await held(paymentId)).toEqual([0, 1])
    const [first] = await settledItems(database, paymentId)
    if (first === undefined) throw new Error('two items were paid')
    await creditBill(database, first, TODAY)
    await beginPosting(database, first, TODAY)
    await finishPosting(database, first, { rejection: 'nothing-owed' }, TODAY)
    expect(await held(paymentId)).toEqual([1])
    await postItem(database, paymentId, 2)
    expect(await held(paymentId)).toEqual([1])
  })

  it('do not wait for a bill of the same month of another account in the same payment', async () => {
    const town = await aTown()
    try {
      const [power, water] = [POWER, WATER].map((id) => town.neighbours.billers.get(id))
      const bills = power?.books.dump().bills.filter(({ bill }) => bill.status === 'due') ?? []
      for (const { bill } of bills) {
        bill.principal += 100
        for (const line of (bill.lines as { amount: number }[]).slice(0, 1)) line.amount += 100
      }
      water?.setFaults({ down: 1 })
      const { items } = await pay(town, WANG, POWER, WATER)
      water?.setFaults({ down: 0 })
      for (const { bill } of bills) bill.revision += 1
      for (const { accountId } of items) await resyncAccount(town.ports, accountId)
      expect(await dueItems(town, WANG, POWER, WATER)).toMatchObject([{ amountSeen: 24_666 }])
    } finally {
      await town.close()
    }
  })
})
