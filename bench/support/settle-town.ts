import { randomBytes } from 'node:crypto'
import type { HttpEvent } from '../../src/cloud/answer-http'
import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { migrate } from '../../src/cloud/postgres/migrate'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { newPaymentId, orderNumber } from '../../src/core/payment-id'
import { realClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import type { SimulatedOrder } from '../../src/simulators/wechat-pay/orders'
import { answerHeaders, envelope } from '../../src/simulators/wechat-pay/sign-answer'
import { rfc3339, transactionOf } from '../../src/simulators/wechat-pay/transaction'
import { makeKeys } from '../../src/stand/make-keys'
import { startNeighbours } from '../../src/stand/neighbours'
import { BENCH_BILLERS, insertPayments } from './insert-payments'

export type PaidNotice = HttpEvent
export type SettleTown = Awaited<ReturnType<typeof preparedTown>>

/** Three per core: more of them only push each other's plans out of the caches. */
const CONNECTIONS = 6
const AMOUNT = 24_565

/** A server with so many payments that await WeChat's word, spread over four billers. */
export async function preparedTown(url: string, payments: number) {
  const keys = makeKeys()
  const neighbours = await startNeighbours(keys, {
    clock: realClock(),
    chance: seededChance(1),
    notifyUrl: 'https://bench.invalid/wechat-pay/notices',
  })
  const config = readConfig({ ...neighbours.environment, DATABASE_URL: url })
  const database = openServerDatabase({ url, connections: CONNECTIONS })
  await migrate(database)
  const ports = composePorts(config, { database })
  const ids = Array.from({ length: payments }, () => newPaymentId(randomBytes(16)))
  await insertPayments(url, ports.personalData, ids, AMOUNT)
  process.stderr.write(`${payments} payments await their notices\n`)
  const merchant = config.WECHAT_PAY_MERCHANTS.find((one) => one.mchid === '1900000100')
  const [platformKeyId = ''] = Object.keys(merchant?.platformKeys ?? {})
  const platformKey = { id: platformKeyId, privateKeyPem: keys.platformPublicKey.privateKey }
  let at = 0
  const noticeOf = (paymentId: string, index: number): PaidNotice => {
    const paidAt = Date.now()
    const order = paidOrder(paymentId, index, paidAt)
    const body = JSON.stringify(
      envelope(transactionOf(order), keys.providerApiV3Key, rfc3339(paidAt)),
    )
    return {
      path: '/wechat-pay/notices',
      httpMethod: 'POST',
      headers: answerHeaders(platformKey, body, paidAt),
      body,
    }
  }
  return {
    cloud: { ports, merchants: config.WECHAT_PAY_MERCHANTS, log: () => undefined },
    /** The next notices, signed and encrypted before the clock of a round starts. */
    next: (count: number): PaidNotice[] => {
      const from = at
      at += count
      return ids.slice(from, at).map((id, offset) => noticeOf(id, from + offset))
    },
    /** Writes out what a load before left dirty, so that nobody pays for another's pages. */
    checkpoint: () => database.session((session) => session.script('checkpoint')),
    close: async () => {
      await neighbours.close()
      await database.close()
    },
  }
}

function paidOrder(paymentId: string, index: number, paidAt: number): SimulatedOrder {
  const biller = BENCH_BILLERS[index % BENCH_BILLERS.length]
  if (biller === undefined) throw new Error('four billers take part')
  const number = orderNumber(paymentId, 1)
  return {
    kind: 'partner',
    merchant: { mchid: '1900000100', appid: 'wx00000000wanjia01' } as SimulatedOrder['merchant'],
    number,
    contents: '',
    description: '',
    openid: `o-bench-${index}`,
    notifyUrl: '',
    shares: [
      {
        number,
        payee: biller.subMchid,
        amount: AMOUNT,
        attach: undefined,
        transactionId: `4200${String(index).padStart(24, '0')}`,
      },
    ],
    createdAt: paidAt,
    expiresAt: paidAt + 900_000,
    prepayIds: [],
    state: 'SUCCESS',
    paying: false,
    paidAt,
  }
}
