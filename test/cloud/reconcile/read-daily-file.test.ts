import { type Database, statement } from '../../../src/cloud/postgres/database'
import { markRefundSent } from '../../../src/cloud/postgres/refunds'
import type { DailyOwner } from '../../../src/cloud/use-cases/file-owners'
import { readDailyFile } from '../../../src/cloud/use-cases/read-daily-file'
import type { TradeLine } from '../../../src/core/file-line'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { aLife, PAID, POSTING, REFUNDING } from '../../support/money-steps'
import { portsOver } from '../../support/ports-over'
import { TODAY } from '../../support/town'

const DAY = '2026-11-16'
const EMPTY = statement(
  'test-books-emptied',
  'truncate payment, payment_order, payment_item, refund, movement, outbox_task, bill cascade',
)
const MANY_ORDERS = statement(
  'test-many-orders',
  `insert into payment_order (payment_id, order_no, order_number, payee_id, amount_fen, payer_fen, transaction_id,
     paid_at, created_at)
   select payment_id, n, order_number || n, payee_id, amount_fen, payer_fen, transaction_id || n, paid_at, created_at
   from payment_order, generate_series(2, 20005) n where order_number = $1`,
)
const STAGED = statement(
  'test-rows-staged',
  `select order_number || ' ' || amount_fen || ' ' || is_again as line from staged_trade where attempt = $1::int
   union all select posting_id || ' ' || amount_fen || ' ' || is_again from staged_posting where attempt = $1::int
   order by 1`,
)

describe(`reading a day’s file, on the ${engineName()} engine`, () => {
  let database: Database
  let attempt = 0
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await database.run(EMPTY)
    attempt += 1
  })

  const staged = async () =>
    (await database.run<{ line: string }>(STAGED, [attempt])).map(({ line }) => line)
  const key = (ownerId: string, source: DailyOwner['source']) => ({ ownerId, source, day: DAY })

  describe('of trades', () => {
    const owner = (feePerMillion: number | null): DailyOwner => ({
      ownerId: 'payee-1',
      source: 'trade',
      payee: { mchid: 'provider', subMchid: 'payee-1' },
      feePerMillion,
    })
    type Line = { number: string; theirs: string; amount: number; change?: Partial<TradeLine> }
    const line = ({ number, theirs, amount, change = {} }: Line): TradeLine => {
      const whole = { settled: amount, feeMills: amount * 6, isRefund: false, ...change }
      const own = { number, theirs, amount, ...whole }
      return {
        ...own,
        row: () => ({
          orderNumber: number,
          transactionId: theirs,
          refundNumber: own.isRefund ? number : '',
          wechatRefundId: '',
          amount,
          settled: own.settled,
          feeMills: own.feeMills,
          at: TODAY,
        }),
      }
    }
    /** Reads lines in two pieces. */
    const read = (lines: Line[], fee: number | null = 6_000) => {
      const ports = portsOver(database, {
        now: () => TODAY + 5,
        weChatPay: {
          readTrades: async (payee, day, taker) => {
            expect([payee, day]).toEqual([{ mchid: 'provider', subMchid: 'payee-1' }, DAY])
            for (const one of lines.slice(0, 1)) taker.line(line(one))
            await taker.pause()
            for (const one of lines.slice(1)) taker.line(line(one))
            await taker.pause()
            return { state: 'read', rows: lines.length, digest: 'd' }
          },
        },
      })
      return readDailyFile(ports, owner(fee), key('payee-1', 'trade'), attempt)
    }
    const paid = async () => {
      const { paymentId } = await aLife(database, PAID)
      return { number: orderNumber(paymentId, 1), theirs: `4200-${paymentId}-1`, amount: 100 }
    }
    const said = { state: 'read', digest: 'd', heldAt: TODAY + 5 }
    const textOf = ({ number, theirs, amount }: Line) => `${number}\t${theirs}\t${amount}`

    it('keeps nothing of a line that our books say, too', async () => {
      const own = await paid()
      expect(await read([own])).toEqual({
        ...said,
        rows: 1,
        leftRows: 0,
        unmet: [],
        sums: { settled: 100, refunded: 0, feeMills: 600 },
      })
      expect(await staged()).toEqual([])
    })

    it.each([
      ['less of it is settled', { settled: 99, feeMills: 594 }, 6_000, 1],
      ['its fee is not the contract’s', { feeMills: 1_101 }, 6_000, 1],
      ['its fee is within half a fen of the contract’s', { feeMills: 1_100 }, 6_000, 0],
      ['no contract is known', { feeMills: 9_999 }, null, 0],
    ])('keeps a line of ours where %s', async (_, change, fee, left) => {
      const own = await paid()
      expect(await read([{ ...own, change }], fee)).toMatchObject({
        leftRows: left,
        unmet: left === 0 ? [] : [textOf(own)],
      })
      expect(await staged()).toEqual(left === 0 ? [] : [`${own.number} 100 false`])
    })

    it('keeps what nobody here says, what comes again, and what no line was met by', async () => {
      const [own, lacking] = [await paid(), await paid()]
      const strange = { number: 'strange', theirs: 't', amount: 7 }
      expect(await read([strange, own, own])).toEqual({
        ...said,
        rows: 3,
        leftRows: 2,
        unmet: [textOf(lacking)],
        sums: { settled: 207, refunded: 0, feeMills: 1_242 },
      })
      expect(await staged()).toEqual([`${own.number} 100 true`, 'strange 7 false'].sort())
    })

    it('keeps more of our lines than can be noted, and not all of many', async () => {
      const own = await paid()
      await database.run(MANY_ORDERS, [own.number])
      const read20 = await read([])
      expect('unmet' in read20 && read20.unmet.length).toBe(20_001)
    })

    it('holds a refund against ours, whatever its fee and coupon', async () => {
      const { paymentId } = await aLife(database, REFUNDING)
      await markRefundSent(database, { paymentId, refundNo: 1 }, 'w', TODAY)
      const refund = {
        number: `${paymentId}R001`,
        theirs: orderNumber(paymentId, 1),
        amount: 100,
        change: { isRefund: true, settled: 90, feeMills: -3 },
      }
      const paidOrder = { number: orderNumber(paymentId, 1), theirs: `4200-${paymentId}-1` }
      expect(await read([refund, { ...paidOrder, amount: 100 }])).toMatchObject({
        leftRows: 0,
        unmet: [],
        sums: { settled: 100, refunded: 90, feeMills: 597 },
      })
    })

    it('is refused as WeChat’s reader says', async () => {
      const refused = { state: 'refused', refusal: 'bad-sum', detail: 'x' } as const
      const weChatPay = { readTrades: async () => refused }
      const ports = portsOver(database, { now: () => TODAY, weChatPay })
      expect(await readDailyFile(ports, owner(null), key('payee-1', 'trade'), attempt)).toBe(
        refused,
      )
    })
  })

  describe('of a biller', () => {
    const owner: DailyOwner = { ownerId: 'biller-1', source: 'postings' }
    const ports = (reader: NonNullable<Parameters<typeof portsOver>[1]['biller']>) =>
      portsOver(database, { now: () => TODAY + 5, biller: reader })

    it('keeps what our books do not say', async () => {
      const { paymentId } = await aLife(database, [...POSTING, 'posted'])
      const line = (number: string, amount: number) => ({
        number,
        theirs: 'P1',
        amount,
        row: () => ({
          postingId: number,
          postingNumber: 'P1',
          amount: fen(amount),
          postedAt: TODAY,
        }),
      })
      const own = ports((id) => ({
        readPostings: async (day, taker) => {
          expect([id, day]).toEqual(['biller-1', DAY])
          taker.line(line(`${paymentId}-1`, 100))
          await taker.pause()
          taker.line(line('counter-1', 7))
          await taker.pause()
          return { state: 'read', rows: 2, digest: 'd' }
        },
      }))
      expect(await readDailyFile(own, owner, key('biller-1', 'postings'), attempt)).toEqual({
        state: 'read',
        digest: 'd',
        rows: 2,
        leftRows: 1,
        unmet: [],
        sums: { amount: 107 },
        heldAt: TODAY + 5,
      })
      expect(await staged()).toEqual(['counter-1 7 false'])
    })

    it('is refused as its reader says', async () => {
      const refused = { state: 'refused', refusal: 'not-ready', detail: 'x' } as const
      const own = ports(() => ({ readPostings: async () => refused }))
      expect(await readDailyFile(own, owner, key('biller-1', 'postings'), attempt)).toBe(refused)
    })
  })

  describe('of a wallet', () => {
    const owner: DailyOwner = {
      ownerId: 'm-1',
      source: 'fund-flow',
      payee: { mchid: 'm-1' },
      feePerMillion: null,
    }
    it('is its sums alone', async () => {
      const flow = { rows: 3, byType: { 交易: 100 } }
      const weChatPay = {
        readFundFlow: async () => ({ state: 'read', digest: 'd', flow }) as never,
      }
      const ports = portsOver(database, { now: () => TODAY, weChatPay })
      expect(await readDailyFile(ports, owner, key('m-1', 'fund-flow'), attempt)).toEqual({
        state: 'read',
        rows: 3,
        digest: 'd',
        sums: { 交易: 100 },
        leftRows: 0,
        unmet: [],
        heldAt: TODAY,
      })
    })

    it('is refused as WeChat’s reader says', async () => {
      const refused = { state: 'refused', refusal: 'bad-hash', detail: 'x' } as const
      const weChatPay = { readFundFlow: async () => refused }
      const ports = portsOver(database, { now: () => TODAY, weChatPay })
      expect(await readDailyFile(ports, owner, key('m-1', 'fund-flow'), attempt)).toBe(refused)
    })
  })
})
