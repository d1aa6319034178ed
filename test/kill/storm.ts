import { randomBytes } from 'node:crypto'
import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import type { Database } from '../../src/cloud/postgres/database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { newPaymentId } from '../../src/core/payment-id'
import { dateOf } from '../../src/core/time'
import { realClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { demoCity } from '../../src/stand/demo/city'
import { seedCity } from '../../src/stand/demo/seed'
import { makeKeys } from '../../src/stand/make-keys'
import { startNeighbours } from '../../src/stand/neighbours'
import { readBooks } from './books'
import { killableHost } from './killable-host'

const PAYER = 'o-kill'
/** Somewhere between the tap and the answer to the notice. */
const KILL_WITHIN_MS = 300

export type Engine = {
  name: string
  open: () => Promise<Database>
  environment: Record<string, string>
  /** Kills a part of the database itself, where that is another process. */
  hurt?: () => Promise<void>
}

/**
 * Payments on a host that is killed in the middle of each; WeChat and the billers go on. The journal
 * of what was acknowledged is kept here, outside the database.
 */
export async function storm(engine: Engine, rounds: number, port: number) {
  const neighbours = await startNeighbours(makeKeys(), {
    clock: realClock(),
    chance: seededChance(7),
    notifyUrl: `http://127.0.0.1:${port}/wechat-pay/notices`,
  })
  const environment = { ...neighbours.environment, ...engine.environment }
  await settleIn(engine, environment, neighbours)
  const host = killableHost(environment, port)
  await host.start()
  const started: string[] = []
  for (const [round, bill] of (await dueBills(host)).slice(0, rounds).entries()) {
    const paymentId = newPaymentId(randomBytes(16))
    const answer = await host
      .call(PAYER, 'start-payment', { paymentId, items: [bill] })
      .catch(() => undefined)
    if (answer?.ok !== true) throw new Error(`round ${round}: ${JSON.stringify(answer)}`)
    started.push(paymentId)
    const { pay } = answer.reply as unknown as { pay: { package: string } }
    neighbours.weChatPay.tap(pay.package.replace('prepay_id=', ''), 'paid')
    await new Promise((resolve) => setTimeout(resolve, Math.random() * KILL_WITHIN_MS))
    if (round % 2 === 1) await engine.hurt?.()
    await host.kill()
    await host.start()
  }
  for (const paymentId of started) {
    await host.call(PAYER, 'get-payment', { paymentId, returned: true })
  }
  await host.jobs()
  await host.kill()
  const acknowledged = neighbours.weChatPay.notices.sent().filter((one) => one.status === 204)
  const database = await engine.open()
  const books = await readBooks(database)
  await database.close()
  const orders = neighbours.weChatPay.orders().filter((order) => order.state === 'SUCCESS')
  await neighbours.close()
  const paid = new Map(books.paid.map((one) => [one.orderNumber, one.phonePaymentId]))
  return {
    engine: engine.name,
    rounds: started.length,
    acknowledgedBeforeTheKill: acknowledged.length,
    lost: orders.filter((order) => !paid.has(order.number)).length,
    doubled: books.paid.length - new Set(books.paid.map((one) => one.phonePaymentId)).size,
    receiptsMissing: books.settled - books.receipts,
    billsNotCredited: books.settled - books.credited,
    ledger: books.ledger,
  }
}

async function settleIn(
  engine: Engine,
  environment: Record<string, string>,
  neighbours: Awaited<ReturnType<typeof startNeighbours>>,
): Promise<void> {
  const database = await engine.open()
  await migrate(database)
  const ports = composePorts(readConfig(environment), { database })
  const accounts = demoCity(dateOf(Date.now()))
    .filter((one) => one.suspended !== true && neighbours.billers.has(one.billerId))
    .map(({ billerId, accountNumber }) => ({
      billerId,
      accountNumber,
      label: '户号',
      household: '城里',
    }))
  const name = { zh: '付款人', en: 'Payer' }
  const payer = { openid: PAYER, name, story: name, accounts }
  await seedCity(ports, neighbours, { people: [payer], tell: () => undefined })
  await database.close()
}

async function dueBills(host: ReturnType<typeof killableHost>) {
  const { reply } = await host.call(PAYER, 'list-accounts', {})
  const { accounts } = reply as unknown as {
    accounts: { accountId: string; bills: { billId: string; total: number }[] }[]
  }
  return accounts.flatMap(({ accountId, bills }) =>
    bills.map(({ billId, total }) => ({ accountId, billId, amountSeen: total })),
  )
}
