import type { Database } from '../../../src/cloud/postgres/database'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { closePayment, recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { openOrder, parametersFor } from '../../../src/cloud/use-cases/open-order'
import type { Order } from '../../../src/cloud/wechat/order'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, type ItemToStore, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const EXPIRES = TODAY + 900_000

describe(`the order of a payment, on the ${engineName()} engine`, () => {
  let database: Database
  let now: number
  let placed: Order[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    now = TODAY
    placed = []
  })

  const ports = () =>
    portsOver(database, {
      now: () => now,
      weChatPay: {
        order: async (order) => {
          placed.push(order)
          return { prepayId: `prepay-${placed.length}` }
        },
        requestPaymentParameters: (order, prepayId) =>
          ({ package: `${order.orderNumber} ${prepayId}` }) as never,
      },
    })
  const opened = (paymentId: string) => ({
    ok: true,
    reply: {
      paymentId,
      state: 'awaiting',
      amount: 100,
      expiresAt: EXPIRES,
      pay: { package: `${orderNumber(paymentId, 1)} prepay-1` },
    },
  })

  it('is placed once, and its sheet opens as often as it is asked for', async () => {
    const paymentId = await aStoredPayment(database)
    expect(await openOrder(ports(), paymentId)).toEqual(opened(paymentId))
    expect((await findDossier(database, paymentId))?.payment.state).toBe('awaiting')
    now = EXPIRES - 1
    expect(await openOrder(ports(), paymentId)).toEqual(opened(paymentId))
    expect(placed).toHaveLength(1)
  })

  it('tells WeChat each share with the companies that it is for', async () => {
    const items: ItemToStore[] = [
      { orderNo: 1, principal: 100, lateFee: 1 },
      { orderNo: 2, principal: 200, lateFee: 0 },
      { orderNo: 1, principal: 300, lateFee: 0 },
    ]
    const paymentId = await aStoredPayment(database, items)
    await openOrder(ports(), paymentId)
    expect(placed).toEqual([
      {
        kind: 'combined',
        mode: 'partner',
        mchid: 'provider',
        orderNumber: orderNumber(paymentId, 0),
        openid: 'o-payer',
        amount: 601,
        expiresAt: EXPIRES,
        description: '名biller-1、名biller-2',
        parts: [
          {
            orderNumber: orderNumber(paymentId, 1),
            payeeId: 'payee-1',
            amount: 401,
            description: '名biller-1',
            attach: 'wanjia',
          },
          {
            orderNumber: orderNumber(paymentId, 2),
            payeeId: 'payee-2',
            amount: 200,
            description: '名biller-2',
            attach: 'wanjia',
          },
        ],
      },
    ])
  })

  it('has a description that fits WeChat’s', async () => {
    const items = [1, 2, 3, 4, 5].map((orderNo) => ({ orderNo, principal: 100, lateFee: 0 }))
    const paymentId = await aStoredPayment(database, items)
    await openOrder(ports(), paymentId)
    expect(placed[0]?.description).toBe('名biller-1、名biller-2、名biller-3、名biller-4、')
  })

  it.each([
    ['it expires', 'created', async () => undefined],
    [
      'it is closed',
      'closed',
      async (paymentId: string) => closePayment(database, paymentId, TODAY),
    ],
    [
      'it is paid',
      'paid',
      async (paymentId: string) =>
        recordPaid(database, { paymentId, fact: paidFactOf(paymentId) }, TODAY),
    ],
  ] as const)('opens no sheet once %s', async (what, state, end) => {
    const paymentId = await aStoredPayment(database)
    await end(paymentId)
    if (what === 'it expires') now = EXPIRES
    expect(await openOrder(ports(), paymentId)).toStrictEqual({
      ok: true,
      reply: { paymentId, state, amount: 100, expiresAt: EXPIRES },
    })
    expect(placed).toEqual([])
    const dossier = await findDossier(database, paymentId)
    if (dossier === undefined) throw new Error('it is there')
    expect(await parametersFor(ports(), dossier)).toBeUndefined()
  })

  it('of a payment that is not there is a bug of ours', async () => {
    await expect(openOrder(ports(), 'nobody')).rejects.toThrow('payment nobody vanished')
  })
})
