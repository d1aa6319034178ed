import type { Database } from '../../../src/cloud/postgres/database'
import { refundMismatches, tradeMismatches } from '../../../src/cloud/postgres/differences'
import { markRefundSent } from '../../../src/cloud/postgres/refunds'
import { type Left, tradeStage } from '../../../src/cloud/postgres/staged-rows'
import { orderNumber } from '../../../src/core/payment-id'
import type { TradeRow } from '../../../src/core/reconciliation'
import { aDatabase, engineName } from '../../support/databases'
import { aLife, PAID, REFUNDING } from '../../support/money-steps'
import { stagedDay } from '../../support/staged-day'
import { TODAY } from '../../support/town'

/** When the orders were paid. */
const PAID_AT = TODAY + 60_000
const PAID_TEXT = '2026-11-16T06:18:00+00:00'
const TODAY_TEXT = '2026-11-16T06:17:00+00:00'
const MOST = 10
const STRANGE = '0000000000000000000000000A'

describe(`lines of a trade file that our books do not say, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  describe('of orders', () => {
    let paymentId: string
    let row: Left<TradeRow>
    let ours: object
    beforeAll(async () => {
      paymentId = (await aLife(database, PAID)).paymentId
      row = {
        orderNumber: orderNumber(paymentId, 1),
        transactionId: `4200-${paymentId}-1`,
        refundNumber: '',
        wechatRefundId: '',
        amount: 100,
        settled: 100,
        feeMills: 600,
        at: PAID_AT,
        isAgain: false,
      }
      ours = {
        payment_id: paymentId,
        order_number: row.orderNumber,
        transaction_id: row.transactionId,
        amount_fen: 100,
        payer_fen: 100,
        paid_at: PAID_TEXT,
      }
    })
    const facts = ({ orderNumber: number, ...one }: Left<TradeRow>) => ({
      payment_id: number.slice(0, 26),
      order_number: number,
      transaction_id: one.transactionId,
      amount_fen: one.amount,
      settled_fen: one.settled,
      fee_mills: one.feeMills,
      trade_at: PAID_TEXT,
    })
    type Look = { unmet?: string[]; fee?: number | null; day?: object; ownerId?: string }
    const look = (rows: Left<TradeRow>[], { unmet = [], fee = null, day, ownerId }: Look = {}) =>
      stagedDay(
        database,
        {
          ownerId: ownerId ?? 'payee-1',
          stage: tradeStage,
          rows,
          noise: [
            { ...row, transactionId: 'noise' },
            { ...row, transactionId: 'noise' },
          ],
        },
        (session, own) =>
          tradeMismatches(session, { ...own, unmet, feePerMillion: fee, ...day }, MOST),
      )
    const both = (one: Left<TradeRow>) => [
      { paymentId, orderNumber: one.orderNumber, side: 'both', wallet: facts(one), ours },
    ]

    it('that both sides say are none', async () => {
      expect(await look([row])).toEqual([])
      expect(await look([])).toEqual([])
    })

    it.each([
      ['amount', { amount: 101 }],
      ['transaction', { transactionId: 'another' }],
      ['less than was paid', { settled: 99 }],
      ['more than it is', { settled: 101 }],
    ])('differ in %s', async (_, change) => {
      const other = { ...row, ...change }
      expect(await look([other])).toEqual(both(other))
    })

    it('differ in the fee by more than half a fen', async () => {
      for (const feeMills of [100, 1_100])
        expect(await look([{ ...row, feeMills }], { fee: 6_000 })).toEqual([])
      for (const feeMills of [99, 1_101]) {
        const other = { ...row, feeMills }
        expect(await look([other], { fee: 6_000 })).toEqual(both(other))
        expect(await look([other])).toEqual([])
      }
    })

    it('are of the wallet alone where the order is nobody’s, another payee’s, or of another day', async () => {
      const strange = { ...row, orderNumber: `${STRANGE}01` }
      const wallet = (one: Left<TradeRow>) => [
        {
          paymentId: one.orderNumber.slice(0, 26),
          orderNumber: one.orderNumber,
          side: 'wallet',
          wallet: facts(one),
          ours: null,
        },
      ]
      expect(await look([strange])).toEqual(wallet(strange))
      expect(await look([row], { ownerId: 'payee-2' })).toEqual(wallet(row))
      expect(await look([row], { day: { from: PAID_AT + 1 } })).toEqual(wallet(row))
      expect(await look([row], { day: { to: PAID_AT } })).toEqual(wallet(row))
      expect(await look([row], { day: { from: PAID_AT, to: PAID_AT + 1 } })).toEqual([])
    })

    it('are ours alone where no line of the file was met', async () => {
      const unmet = [`${row.orderNumber}\tand more`]
      const own = { paymentId, orderNumber: row.orderNumber, side: 'ours', wallet: null, ours }
      expect(await look([], { unmet })).toEqual([own])
      expect(await look([row], { unmet })).toEqual([])
      expect(await look([], { unmet, ownerId: 'payee-2' })).toEqual([])
    })

    it('are listed twice, here or after one that was met', async () => {
      const twice = (many: number) => ({
        paymentId,
        orderNumber: row.orderNumber,
        side: 'twice',
        wallet: row.transactionId,
        ours: many,
      })
      expect(await look([row, row])).toEqual([twice(2)])
      expect(await look([{ ...row, isAgain: true }])).toEqual([twice(2)])
      expect(await look([row, { ...row, isAgain: true }])).toEqual([twice(3)])
      const [first, last] = ['a', 'b'].map((transactionId) => ({ ...row, transactionId }))
      const found = await look([last ?? row, first ?? row])
      expect(found.find(({ side }) => side === 'twice')?.wallet).toBe('a')
    })

    it('of refunds are not among them', async () => {
      expect(await look([{ ...row, refundNumber: 'R', amount: 7 }])).toEqual([])
    })
  })

  describe('of refunds', () => {
    let paymentId: string
    let row: Left<TradeRow>
    let ours: object
    beforeAll(async () => {
      paymentId = (await aLife(database, REFUNDING)).paymentId
      await markRefundSent(database, { paymentId, refundNo: 1 }, 'w-1', TODAY)
      row = {
        orderNumber: orderNumber(paymentId, 1),
        transactionId: 't',
        refundNumber: `${paymentId}R001`,
        wechatRefundId: 'w-1',
        amount: 100,
        settled: 90,
        feeMills: 0,
        at: TODAY,
        isAgain: false,
      }
      ours = {
        payment_id: paymentId,
        order_number: row.orderNumber,
        refund_no: 1,
        refund_number: row.refundNumber,
        amount_fen: 100,
        state: 'sent',
        sent_at: TODAY_TEXT,
      }
    })
    const facts = ({ orderNumber: number, ...one }: Left<TradeRow>) => ({
      payment_id: number.slice(0, 26),
      order_number: number,
      transaction_id: one.transactionId,
      refund_number: one.refundNumber,
      wechat_refund_id: one.wechatRefundId,
      amount_fen: one.amount,
      settled_fen: one.settled,
      trade_at: TODAY_TEXT,
    })
    type Look = { unmet?: string[]; day?: object; ownerId?: string }
    const look = (rows: Left<TradeRow>[], { unmet = [], day, ownerId }: Look = {}) =>
      stagedDay(
        database,
        { ownerId: ownerId ?? 'payee-1', stage: tradeStage, rows, noise: [{ ...row, amount: 7 }] },
        (session, own) => refundMismatches(session, { ...own, unmet, ...day }, MOST),
      )
    const found = (side: string, wallet: object | null, own: object | null) => [
      { paymentId, orderNumber: row.orderNumber, side, wallet, ours: own },
    ]

    it('that both sides say are none, and payments are not among them', async () => {
      expect(await look([row])).toEqual([])
      expect(await look([{ ...row, refundNumber: '', amount: 7 }])).toEqual([])
    })

    it('differ in the amount', async () => {
      const other = { ...row, amount: 99 }
      expect(await look([other])).toEqual(found('both', facts(other), ours))
    })

    it('are of the wallet alone where nobody sent it, for this payee, on this day', async () => {
      const wallet = found('wallet', facts(row), null)
      const strange = { ...row, refundNumber: 'by-hand' }
      expect(await look([strange])).toEqual(found('wallet', facts(strange), null))
      expect(await look([row], { ownerId: 'payee-2' })).toEqual(wallet)
      expect(await look([row], { day: { from: TODAY + 1 } })).toEqual(wallet)
      expect(await look([row], { day: { to: TODAY } })).toEqual(wallet)
      expect(await look([row], { day: { from: TODAY, to: TODAY + 1 } })).toEqual([])
    })

    it('are ours alone where no line of the file was met', async () => {
      const unmet = [`${row.refundNumber}\t${row.orderNumber}\tand more`]
      expect(await look([], { unmet })).toEqual(found('ours', null, ours))
      expect(await look([row], { unmet })).toEqual([])
      expect(await look([], { unmet, ownerId: 'payee-2' })).toEqual([])
    })
  })
})
