import type { Database } from '../../../src/cloud/postgres/database'
import { findPayment } from '../../../src/cloud/postgres/payments'
import { askExpiredHolders } from '../../../src/cloud/use-cases/ask-expired-holders'
import type { Order, OrderFact } from '../../../src/cloud/wechat/order'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aPaymentToStart, aStoredPayment } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const EXPIRES = TODAY + 900_000

describe(`a bill whose holder has expired, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  /** Asks before these bills are taken; gives the payments that WeChat was asked about, each closed by its word. */
  const ask = async (paymentIds: string[], now: number) => {
    const asked: string[] = []
    const weChatPay = {
      query: async ({ orderNumber }: Order): Promise<OrderFact> => {
        asked.push(orderNumber.slice(0, 26))
        return { state: 'closed', orderNumber, appid: 'a', parts: [] }
      },
    }
    const refs = paymentIds.map((paymentId) => ({
      accountId: 'account-1',
      billId: `${paymentId}-0`,
    }))
    await askExpiredHolders(portsOver(database, { now: () => now, weChatPay }), refs)
    return asked.sort()
  }
  const stateOf = async (paymentId: string) => (await findPayment(database, paymentId))?.state

  it('is free by WeChat’s word, each holder asked about once', async () => {
    const holders = [await aStoredPayment(database), await aStoredPayment(database)]
    expect(await ask(holders, EXPIRES)).toEqual([...holders].sort())
    expect(await Promise.all(holders.map(stateOf))).toEqual(['closed', 'closed'])
  })

  it('is held by what can still be paid', async () => {
    const holder = await aStoredPayment(database)
    expect(await ask([holder], EXPIRES - 1)).toEqual([])
    expect(await stateOf(holder)).toBe('created')
  })

  it('is nobody’s where nobody took it, or it is not there', async () => {
    const { paymentId } = await aPaymentToStart(database)
    expect(await ask([paymentId, 'no-bill'], EXPIRES)).toEqual([])
  })
})
