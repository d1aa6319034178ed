import { type Database, statement } from '../../../src/cloud/postgres/database'
import { claimTask } from '../../../src/cloud/postgres/outbox'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { reportDelivery } from '../../../src/cloud/use-cases/report-delivery'
import { WeChatPayFault } from '../../../src/cloud/wechat/we-chat-pay-fault'
import { aDatabase, engineName } from '../../support/databases'
import { postItem } from '../../support/money-steps'
import { NOBODY } from '../../support/noted-differences'
import { portsOver } from '../../support/ports-over'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const ITEMS = [
  { orderNo: 1, principal: 100, lateFee: 0 },
  { orderNo: 2, principal: 200, lateFee: 0 },
]
const REPORTS = statement(
  'test-delivery-reports',
  `select item_no as "itemNo", done_at is not null as "isDone" from outbox_task
   where payment_id = $1 and kind = 'report-delivery' order by item_no`,
)

describe(`telling WeChat what was delivered, on the ${engineName()} engine`, () => {
  let database: Database
  let told: unknown[]
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())
  beforeEach(() => {
    told = []
  })

  const ports = (fault?: Error) =>
    portsOver(database, {
      now: () => TODAY,
      weChatPay: {
        reportDelivery: async ({ orderNumber }, transactionId) => {
          told.push({ orderNumber, transactionId })
          if (fault !== undefined) throw fault
        },
      },
    })
  /** Both items are posted, so that both transactions are to be reported. */
  const delivered = async () => {
    const paymentId = await aStoredPayment(database, ITEMS)
    await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, ITEMS) }, TODAY)
    for (const itemNo of [1, 2]) await postItem(database, paymentId, itemNo)
    return paymentId
  }
  const claimed = async (paymentId: string, itemNo: number) => {
    const key = { paymentId, kind: 'report-delivery', itemNo } as const
    await claimTask(database, key, TODAY, 1)
    return { ...key, attempts: 1 }
  }

  it('names the transaction that paid the item, and is done then', async () => {
    const paymentId = await delivered()
    await reportDelivery(ports(), await claimed(paymentId, 2))
    expect(told).toEqual([{ orderNumber: `${paymentId}00`, transactionId: `4200-${paymentId}-2` }])
    expect(await database.run(REPORTS, [paymentId])).toEqual([
      { itemNo: 1, isDone: false },
      { itemNo: 2, isDone: true },
    ])
  })

  it('is left to be done where WeChat fails', async () => {
    const paymentId = await delivered()
    const fault = new WeChatPayFault('SYSTEM_ERROR')
    const report = reportDelivery(ports(fault), await claimed(paymentId, 1))
    await expect(report).rejects.toBe(fault)
    expect(await database.run(REPORTS, [paymentId])).toMatchObject([
      { isDone: false },
      { isDone: false },
    ])
  })

  it('of what was never paid, of no item or of no payment is a bug that says so', async () => {
    const unpaid = await aStoredPayment(database)
    for (const [paymentId, itemNo] of [
      [unpaid, 1],
      [unpaid, 2],
      [NOBODY, 1],
    ] as const) {
      const task = { paymentId, kind: 'report-delivery', itemNo, attempts: 1 } as const
      await expect(reportDelivery(ports(), task)).rejects.toThrow(
        `law 6: delivery without a transaction ${paymentId}`,
      )
    }
    expect(told).toEqual([])
  })
})
