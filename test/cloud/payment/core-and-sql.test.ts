import fc from 'fast-check'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { beginPosting, finishPosting } from '../../../src/cloud/postgres/outbox'
import { closePayment, markAwaiting, recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { undoItemRow } from '../../../src/cloud/postgres/undo'
import { canItemFollow, type ItemState } from '../../../src/core/item'
import { couponShares, entriesOf, postMovement, settleMovements } from '../../../src/core/ledger'
import { fen } from '../../../src/core/money'
import { canPaymentFollow, type PaymentState } from '../../../src/core/payment'
import { aDatabase, engineName } from '../../support/databases'
import {
  aStoredPayment,
  billerOf,
  type ItemToStore,
  paidFactOf,
} from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const MOVEMENTS = statement(
  'test-movements',
  `select item_no as "itemNo", kind, biller_id as "billerId", debit::text, credit::text, amount_fen as amount
   from movement where payment_id = $1`,
)
const ENTRIES = statement(
  'test-entries',
  `select item_no as "itemNo", biller_id as "billerId", ledger_account::text as account, amount_fen as amount
   from ledger_entry where payment_id = $1`,
)
const PAYMENT_STATE = statement(
  'test-payment-state',
  'select state::text from payment where payment_id = $1',
)
const ITEM_STATE = statement(
  'test-item-state',
  'select state::text from payment_item where payment_id = $1 and item_no = 1',
)

/** Up to twelve items in up to ten orders; a coupon pays none, some or all of an order. */
const payments = fc
  .array(
    fc.record({
      orderNo: fc.integer({ min: 1, max: 10 }),
      principal: fc.integer({ min: 1, max: 1_000_000 }),
      lateFee: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 })),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .chain((items) =>
    fc.record({
      items: fc.constant(items),
      /** Of each order, in thousandths of its amount. */
      coupons: fc.array(fc.constantFrom(0, 0, 1, 333, 999, 1000), {
        minLength: 10,
        maxLength: 10,
      }),
    }),
  )

const amountOf = (item: ItemToStore) => item.principal + item.lateFee
const sorted = <Row>(rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort()

describe(`core decides and SQL obeys, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  it('settling and posting move the money that core says, item by item, coupons or not', async () => {
    await fc.assert(
      fc.asyncProperty(payments, async ({ items, coupons }) => {
        const couponOf = (orderNo: number) => {
          const amount = items
            .filter((item) => item.orderNo === orderNo)
            .reduce((sum, item) => sum + amountOf(item), 0)
          return Math.floor((amount * (coupons[orderNo - 1] ?? 0)) / 1000)
        }
        const paymentId = await aStoredPayment(database, items)
        const fact = paidFactOf(paymentId, items, couponOf)
        expect(await recordPaid(database, { paymentId, fact }, TODAY)).toBe('settled')
        for (const index of items.keys()) {
          const item = { paymentId, itemNo: index + 1 }
          await beginPosting(database, item, TODAY)
          const posted = { postingNumber: `P${index}`, postedAt: TODAY }
          await finishPosting(database, item, posted, TODAY)
        }

        const shares = new Map<number, number>()
        for (const orderNo of new Set(items.map((item) => item.orderNo))) {
          const own = [...items.entries()].filter(([, item]) => item.orderNo === orderNo)
          const spread = couponShares(
            own.map(([, item]) => fen(amountOf(item))),
            fen(couponOf(orderNo)),
          )
          for (const [at, [index]] of own.entries()) shares.set(index, spread[at] ?? 0)
        }
        const movements = items.flatMap((item, index) => {
          const amount = fen(amountOf(item))
          const billerId = billerOf(item.orderNo)
          const coupon = fen(shares.get(index) ?? 0)
          return [
            ...settleMovements({ billerId, amount, coupon }),
            postMovement({ billerId, amount }),
          ].map((movement) => ({ itemNo: index + 1, movement }))
        })
        expect(sorted(await database.run(MOVEMENTS, [paymentId]))).toEqual(
          sorted(
            movements.map(({ itemNo, movement: { kind, billerId, debit, credit, amount } }) => ({
              itemNo,
              kind,
              billerId,
              debit,
              credit,
              amount,
            })),
          ),
        )
        expect(sorted(await database.run(ENTRIES, [paymentId]))).toEqual(
          sorted(
            movements.flatMap(({ itemNo, movement }) =>
              entriesOf(movement).map(({ billerId, account, amount }) => ({
                itemNo,
                billerId,
                account,
                amount,
              })),
            ),
          ),
        )
      }),
      { numRuns: 40 },
    )
  })

  const settle = (paymentId: string) =>
    recordPaid(database, { paymentId, fact: paidFactOf(paymentId) }, TODAY)
  const REACH_PAYMENT: Record<PaymentState, (paymentId: string) => Promise<unknown>> = {
    created: async () => undefined,
    awaiting: (paymentId) => markAwaiting(database, paymentId, 'wx-1'),
    paid: settle,
    closed: (paymentId) => closePayment(database, paymentId, TODAY),
  }
  const paymentSteps = (Object.keys(REACH_PAYMENT) as PaymentState[]).flatMap((from) =>
    (['awaiting', 'paid', 'closed'] as const).map((to) => [from, to] as const),
  )

  it.each(paymentSteps)(
    'a payment goes from %s to %s only where core lets it',
    async (from, to) => {
      const paymentId = await aStoredPayment(database)
      await REACH_PAYMENT[from](paymentId)
      await REACH_PAYMENT[to](paymentId)
      const [row] = await database.run<{ state: PaymentState }>(PAYMENT_STATE, [paymentId])
      expect(row?.state).toBe(canPaymentFollow(from, to) ? to : from)
    },
  )

  const posted = { postingNumber: 'P', postedAt: TODAY }
  const begin = (paymentId: string) => beginPosting(database, { paymentId, itemNo: 1 }, TODAY)
  const finish = (paymentId: string, outcome: Parameters<typeof finishPosting>[2]) =>
    finishPosting(database, { paymentId, itemNo: 1 }, outcome, TODAY)
  const STEP: Record<Exclude<ItemState, 'unposted'>, (paymentId: string) => Promise<unknown>> = {
    posting: begin,
    posted: (paymentId) => finish(paymentId, posted),
    rejected: (paymentId) => finish(paymentId, { rejection: 'nothing-owed' }),
    undone: (paymentId) => undoItemRow(database, { paymentId, itemNo: 1 }, TODAY),
  }
  const REACH_ITEM: Record<ItemState, (paymentId: string) => Promise<unknown>> = {
    unposted: async () => undefined,
    posting: begin,
    posted: async (paymentId) => {
      await begin(paymentId)
      await STEP.posted(paymentId)
    },
    rejected: async (paymentId) => {
      await begin(paymentId)
      await STEP.rejected(paymentId)
    },
    undone: (paymentId) => STEP.undone(paymentId),
  }
  const itemSteps = (Object.keys(REACH_ITEM) as ItemState[]).flatMap((from) =>
    (Object.keys(STEP) as (keyof typeof STEP)[]).map((to) => [from, to] as const),
  )

  it('nothing is posted that was not paid', async () => {
    const paymentId = await aStoredPayment(database)
    expect(await begin(paymentId)).toBe('not-paid')
    const [row] = await database.run<{ state: ItemState }>(ITEM_STATE, [paymentId])
    expect(row?.state).toBe('unposted')
  })

  it.each(itemSteps)('an item goes from %s to %s only where core lets it', async (from, to) => {
    const paymentId = await aStoredPayment(database, [
      { orderNo: 1, principal: 100, lateFee: 0, undoMinutes: 10 },
    ])
    await settle(paymentId)
    await REACH_ITEM[from](paymentId)
    await STEP[to](paymentId)
    const [row] = await database.run<{ state: ItemState }>(ITEM_STATE, [paymentId])
    expect(row?.state).toBe(canItemFollow(from, to) ? to : from)
    const rows = await database.run(MOVEMENTS, [paymentId])
    expect(rows).toHaveLength(row?.state === 'posted' ? 2 : 1)
  })
})
