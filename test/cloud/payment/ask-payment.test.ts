import { type Database, statement } from '../../../src/cloud/postgres/database'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { closePayment, recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { findPayment, type Payment } from '../../../src/cloud/postgres/payments'
import { askPayment, settleWhatWasPaid } from '../../../src/cloud/use-cases/ask-payment'
import type { Order, OrderFact } from '../../../src/cloud/wechat/order'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, orderFactOf, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const EXPIRES = TODAY + 900_000
const BILL = statement(
  'test-bill-credited-by',
  'select credited_payment_id as "creditedBy" from bill where bill_id = $1',
)

describe(`asking WeChat about a payment, on the ${engineName()} engine`, () => {
  let database: Database
  let now: number
  let said: string[]
  let orders: Order[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    now = TODAY + 30_000
    said = []
    orders = []
  })

  type State = OrderFact['state']
  /** WeChat says these, one after the other, and this when it is told to close. */
  const saying = (states: State[], closed: 'closed' | 'paid' | 'busy' = 'closed') => {
    const left = [...states]
    const fact = (order: Order, state: State): OrderFact => {
      const paid = orderFactOf(order.orderNumber.slice(0, 26))
      return { ...paid, state, openid: state === 'paid' ? paid.openid : undefined }
    }
    const weChatPay = {
      query: async (order: Order) => {
        said.push('query')
        orders.push(order)
        const state = left.shift()
        if (state === undefined) throw new Error('silent')
        return fact(order, state)
      },
      close: async (order: Order) => {
        said.push('close')
        orders.push(order)
        return closed
      },
    }
    return portsOver(database, { now: () => now, weChatPay })
  }
  const stored = async (): Promise<Payment> => again(await aStoredPayment(database))
  const again = async (paymentId: string): Promise<Payment> => {
    const payment = await findPayment(database, paymentId)
    if (payment === undefined) throw new Error('there is such a payment')
    return payment
  }
  const creditedBy = async ({ paymentId }: Payment) =>
    (await database.run<{ creditedBy: string | null }>(BILL, [`${paymentId}-0`]))[0]?.creditedBy

  it('settles and credits what was paid, once', async () => {
    const payment = await stored()
    expect(await askPayment(saying(['paid']), payment)).toBe('paid')
    expect(said).toEqual(['query'])
    expect(await again(payment.paymentId)).toMatchObject({ state: 'paid', asks: 1 })
    expect(await creditedBy(payment)).toBe(payment.paymentId)
    expect(orders[0]).toMatchObject({ orderNumber: orderNumber(payment.paymentId, 1), amount: 100 })
  })

  it('asks about what is final no more, neither WeChat nor the database', async () => {
    const [paid, closed] = [await stored(), await stored()]
    const fact = paidFactOf(paid.paymentId)
    await recordPaid(database, { paymentId: paid.paymentId, fact }, now)
    await closePayment(database, closed.paymentId, now)
    const deaf = { ...saying([]), database: { ...database, run: () => Promise.reject('asked') } }
    expect(await askPayment(deaf, await again(paid.paymentId))).toBe('paid')
    expect(await askPayment(deaf, await again(closed.paymentId))).toBe('closed')
    expect(said).toEqual([])
  })

  it('lets one of several askers ask', async () => {
    const payment = await stored()
    expect(await askPayment(saying(['not-paid']), payment)).toBe('created')
    expect((await again(payment.paymentId)).nextAskAt).toBe(TODAY + 50_000)
    expect(await askPayment(saying(['paid']), payment)).toBe('created')
    expect(said).toEqual(['query'])
  })

  it('takes an answer that does not come as none', async () => {
    const payment = await stored()
    await expect(askPayment(saying([]), payment)).rejects.toThrow('silent')
    expect((await again(payment.paymentId)).state).toBe('created')
  })

  it.each([
    ['not-paid', 0, 'created', ['query']],
    ['absent', 0, 'created', ['query']],
    ['closed', -1, 'closed', ['query']],
    ['revoked', -1, 'closed', ['query']],
    ['absent', 1, 'closed', ['query']],
    ['not-paid', 1, 'closed', ['query', 'close']],
  ] as const)('of %s, %i ms after the expiry, makes %s', async (state, late, end, did) => {
    now = EXPIRES + late
    const payment = await stored()
    expect(await askPayment(saying([state]), payment)).toBe(end)
    expect(said).toEqual(did)
    expect((await again(payment.paymentId)).state).toBe(end)
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1)
  })

  it('settles what was paid at the moment of closing', async () => {
    now = EXPIRES + 1
    const payment = await stored()
    expect(await askPayment(saying(['not-paid', 'paid'], 'paid'), payment)).toBe('paid')
    expect(said).toEqual(['query', 'close', 'query'])
    expect(await creditedBy(payment)).toBe(payment.paymentId)
  })

  it('leaves alone what WeChat says two things of', async () => {
    now = EXPIRES + 1
    const payment = await stored()
    expect(await askPayment(saying(['not-paid', 'not-paid'], 'paid'), payment)).toBe('created')
    expect((await again(payment.paymentId)).state).toBe('created')
    const asked = await again(payment.paymentId)
    said = []
    expect(await askPayment(saying(['not-paid', 'paid'], 'busy'), asked)).toBe('created')
    expect(said).toEqual(['query', 'close'])
    expect((await again(payment.paymentId)).state).toBe('created')
  })

  it('says paid of what was settled while WeChat closed it', async () => {
    now = EXPIRES + 1
    const payment = await stored()
    const ports = saying(['not-paid'])
    const { close } = ports.weChatPay
    const weChatPay = {
      ...ports.weChatPay,
      close: async (order: Order) => {
        const fact = paidFactOf(payment.paymentId)
        await recordPaid(database, { paymentId: payment.paymentId, fact }, now)
        return close(order)
      },
    }
    expect(await askPayment({ ...ports, weChatPay }, payment)).toBe('paid')
    expect((await again(payment.paymentId)).state).toBe('paid')
  })

  it('does not credit again what was settled before', async () => {
    const payment = await stored()
    const fact = paidFactOf(payment.paymentId)
    await recordPaid(database, { paymentId: payment.paymentId, fact }, now)
    expect(await askPayment(saying(['paid']), payment)).toBe('created')
    const dossier = await findDossier(database, payment.paymentId)
    if (dossier === undefined) throw new Error('it is there')
    expect(await settleWhatWasPaid(saying(['paid']), dossier)).toBe('paid')
    expect(await creditedBy(payment)).toBeNull()
  })

  it('does not believe a payment by somebody else', async () => {
    const payment = await stored()
    const ports = saying(['paid'])
    const query = async (order: Order) => ({ ...(await ports.weChatPay.query(order)), openid: 'x' })
    await expect(
      askPayment({ ...ports, weChatPay: { ...ports.weChatPay, query } }, payment),
    ).rejects.toThrow(
      `law 1: WeChat was paid for ${payment.paymentId}, but recording says other-payer`,
    )
  })

  it('settles by WeChat’s word what is closed here, and says what WeChat says', async () => {
    const payment = await stored()
    await closePayment(database, payment.paymentId, now)
    const dossier = await findDossier(database, payment.paymentId)
    if (dossier === undefined) throw new Error('it is there')
    expect(await settleWhatWasPaid(saying(['not-paid']), dossier)).toBe('not-paid')
    expect((await again(payment.paymentId)).state).toBe('closed')
    expect(await settleWhatWasPaid(saying(['paid']), dossier)).toBe('paid')
    expect((await again(payment.paymentId)).state).toBe('paid')
    expect(await creditedBy(payment)).toBe(payment.paymentId)
  })
})
