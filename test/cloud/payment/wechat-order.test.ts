import type { Database } from '../../../src/cloud/postgres/database'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { wechatOrder } from '../../../src/cloud/use-cases/wechat-order'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, shareOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

/** Two of one company, one of each of four others. */
const ITEMS = [1, 1, 2, 3, 4, 5].map((orderNo) => ({ orderNo, principal: 100, lateFee: 0 }))

describe(`a payment as WeChat Pay knows it, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  it('has a share for each company, whose name the payer reads once, and not too many of them', async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    const dossier = await findDossier(database, paymentId)
    if (dossier === undefined) throw new Error('no payment')
    const order = wechatOrder(portsOver(database, { now: () => TODAY }), dossier)
    const share = shareOf(paymentId)
    expect(order).toEqual({
      kind: 'combined',
      mode: 'partner',
      mchid: 'provider',
      orderNumber: orderNumber(paymentId, 0),
      openid: 'o-payer',
      amount: 600,
      expiresAt: TODAY + 900_000,
      description: '名biller-1、名biller-2、名biller-3、名biller-4、',
      parts: [share(1, 200), share(2, 100), share(3, 100), share(4, 100), share(5, 100)],
    })
  })
})
