import { type Database, statement } from '../../../src/cloud/postgres/database'
import { markAwaiting } from '../../../src/cloud/postgres/payment-writes'
import { findPayment } from '../../../src/cloud/postgres/payments'
import { askUnknownPayments } from '../../../src/cloud/use-cases/ask-unknown-payments'
import type { LogEntry, Ports } from '../../../src/cloud/use-cases/ports'
import type { Order, OrderFact } from '../../../src/cloud/wechat/order'
import { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import { aDatabase, engineName } from '../../support/databases'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const EVER = Number.POSITIVE_INFINITY
const EXPIRES = TODAY + 900_000
const LOUD_AFTER = EXPIRES + 120_000
const NONE_DUE = statement(
  'test-none-to-ask',
  `update payment set next_ask_at = '2100-01-01' where next_ask_at is not null`,
)

describe(`payments of which nobody knows, on the ${engineName()} engine`, () => {
  let database: Database
  let log: LogEntry[]
  let asked: string[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    log = []
    asked = []
    await database.run(NONE_DUE)
  })

  const ports = (now: number, answer: OrderFact['state'] | Error): Ports =>
    portsOver(database, {
      now: () => now,
      log,
      weChatPay: {
        query: async ({ orderNumber }: Order) => {
          asked.push(orderNumber.slice(0, 26))
          if (answer instanceof Error) throw answer
          return { state: answer, orderNumber, appid: 'a', parts: [] }
        },
        close: async () => 'busy',
      },
    })
  const told = () => log.map(({ level, event, paymentId }) => ({ level, event, paymentId }))

  it('are asked about when it is time, and counted', async () => {
    const payments = [await aStoredPayment(database), await aStoredPayment(database)]
    expect(await askUnknownPayments(ports(TODAY + 29_999, 'not-paid'), EVER)).toBe(0)
    const due = TODAY + 30_000
    expect(await askUnknownPayments(ports(due, 'not-paid'), due)).toBe(0)
    expect(await askUnknownPayments(ports(due, 'not-paid'), EVER)).toBe(2)
    expect(asked.sort()).toEqual([...payments].sort())
    expect(log).toEqual([])
  })

  it('stay unknown where WeChat does not answer, and others are asked about', async () => {
    const [first, second] = [await aStoredPayment(database), await aStoredPayment(database)]
    const silent = new WeChatPayFault('SYSTEM_ERROR')
    expect(await askUnknownPayments(ports(TODAY + 30_000, silent), EVER)).toBe(2)
    expect(asked.sort()).toEqual([first, second].sort())
    expect(
      told().sort((one, other) => ((one.paymentId ?? '') < (other.paymentId ?? '') ? -1 : 1)),
    ).toEqual(
      [first, second]
        .sort()
        .map((paymentId) => ({ level: 'warn', event: 'ask-payment', paymentId })),
    )
  })

  it('ring once they are unknown for two minutes after their end', async () => {
    const paymentId = await aStoredPayment(database)
    await askUnknownPayments(ports(LOUD_AFTER, 'not-paid'), EVER)
    expect(told()).toEqual([])
    await askUnknownPayments(ports(LOUD_AFTER + 3_600_000, 'not-paid'), EVER)
    const alarm = { level: 'alarm', event: 'payment-unknown-past-expiry', paymentId }
    expect(told()).toEqual([alarm])
    await askUnknownPayments(ports(LOUD_AFTER + 7_200_000, new WeChatPayFault('X')), EVER)
    expect(told()).toEqual([alarm, { level: 'warn', event: 'ask-payment', paymentId }, alarm])
    await askUnknownPayments(ports(LOUD_AFTER + 10_800_000, 'closed'), EVER)
    expect(log).toHaveLength(3)
    expect((await findPayment(database, paymentId))?.state).toBe('closed')
  })

  it('that were never shown a sheet ring, too', async () => {
    const paymentId = await aStoredPayment(database)
    const later = LOUD_AFTER + 1
    await markAwaiting(database, paymentId, 'prepay-1')
    await askUnknownPayments(ports(later, 'not-paid'), EVER)
    expect(told()).toEqual([{ level: 'alarm', event: 'payment-unknown-past-expiry', paymentId }])
  })

  it('that cannot be looked at are a fault, and no end of the round', async () => {
    const paymentId = await aStoredPayment(database)
    const own = ports(LOUD_AFTER + 1, 'not-paid')
    const run: Database['run'] = (one, parameters) =>
      one.name === 'payment-find'
        ? Promise.reject(new Error('gone'))
        : database.run(one, parameters)
    expect(await askUnknownPayments({ ...own, database: { ...database, run } }, EVER)).toBe(1)
    expect(told()).toEqual([{ level: 'error', event: 'ask-payment', paymentId }])
  })
})
