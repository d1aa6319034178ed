import { randomBytes } from 'node:crypto'
import { loadManifests } from '../../src/cloud/billers/load-manifests'
import type { ReplyOf } from '../../src/contract/call'
import type { getPayment } from '../../src/contract/get-payment'
import type { listAccounts } from '../../src/contract/list-accounts'
import type { startPayment } from '../../src/contract/start-payment'
import { newPaymentId } from '../../src/core/payment-id'
import type { Neighbours } from '../../src/stand/neighbours'
import type { Journal } from './journal'
import type { Heard, KillableHost } from './killable-host'
import { pause } from './pause'

/** One phone in three is put away once it has paid; notices and timers do the rest. */
const VANISHES = 1 / 3
/** How often the bills of two payees are paid at once. */
const COMBINED = 0.2
const REPEAT_MS = 150
const LOOK_EVERY_MS = 300
const LOOKS_MAX = 30
const BETWEEN_MS = { least: 150, more: 600 }

type Bill = { accountId: string; billId: string; amountSeen: number; payee: string }
/** A merchant of its own, whose bills join no order of the provider's. */
const ALONE = 'alone'
export type World = { host: KillableHost; neighbours: Neighbours; journal: Journal }

/** Residents who pay one bill or two after the other, except while they rest. */
export function phones(world: World, openids: readonly string[]) {
  let isResting = false
  let isOver = false
  const underWay = new Set<string>()
  const unpaid = new Set<string>()
  let begun = 0
  const use = async (openid: string): Promise<void> => {
    const bills = await dueBills(world.host, openid)
    while (!isOver) {
      await pause(BETWEEN_MS.least + Math.random() * BETWEEN_MS.more)
      if (isResting) continue
      const items = taken(bills)
      if (items.length === 0) throw new Error(`${openid} has no bill left to pay`)
      const phonePaymentId = newPaymentId(randomBytes(16))
      begun += 1
      underWay.add(phonePaymentId)
      unpaid.add(phonePaymentId)
      await pay(world, { openid, phonePaymentId, items }, () => unpaid.delete(phonePaymentId))
      underWay.delete(phonePaymentId)
    }
  }
  const lives = Promise.all(openids.map(use))
  let trouble: unknown
  lives.catch((error: unknown) => {
    trouble = error
  })
  return {
    begun: () => begun,
    /** Payments that a phone is at. */
    underWay: () => underWay.size,
    /** Those of them that are not paid at WeChat yet. */
    unpaid: () => unpaid.size,
    rest: (): void => {
      isResting = true
    },
    /** Throws what a phone met that it should not have. */
    goOn: (): void => {
      if (trouble !== undefined) throw trouble
      isResting = false
    },
    /** Waits for the payments under way. */
    stop: async (): Promise<void> => {
      isOver = true
      await lives
    },
  }
}

type Payment = { openid: string; phonePaymentId: string; items: readonly Bill[] }

async function pay(
  world: World,
  { openid, phonePaymentId, items }: Payment,
  isPaid: () => void,
): Promise<void> {
  const { host, neighbours, journal } = world
  const paymentId = phonePaymentId
  const started = await untilAnswered(() =>
    host.call<ReplyOf<typeof startPayment>>(openid, 'start-payment', {
      paymentId,
      items: items.map(({ payee: _, ...bill }) => bill),
    }),
  )
  if (!started.ok) throw new Error(`a payment was not started: ${started.reason}`)
  journal.write({ told: 'started', openid, phonePaymentId, amountFen: started.reply.amount })
  neighbours.weChatPay.tap((started.reply.pay?.package ?? '').replace('prepay_id=', ''), 'paid')
  isPaid()
  if (Math.random() < VANISHES) return
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const seen = await untilAnswered(() =>
      host.call<ReplyOf<typeof getPayment>>(openid, 'get-payment', { paymentId, returned: true }),
    )
    if (!seen.ok || keep(journal, openid, seen.reply)) return
    await pause(LOOK_EVERY_MS)
  }
}

/** Keeps what the phone was told; true when there is nothing more to look for. */
function keep(journal: Journal, openid: string, seen: ReplyOf<typeof getPayment>): boolean {
  const phonePaymentId = seen.paymentId
  if (seen.state !== 'paid') return false
  journal.write({ told: 'paid', openid, phonePaymentId })
  for (const { itemNo, postingNumber } of seen.items) {
    if (postingNumber !== undefined)
      journal.write({ told: 'posted', openid, phonePaymentId, itemNo, posting: postingNumber })
  }
  return seen.items.every((item) => item.state === 'posted' || item.state === 'rejected')
}

/** Asks again, as a phone does, while nothing is answered or `try-again` is. */
async function untilAnswered<Reply>(call: () => Promise<Heard<Reply>>) {
  for (;;) {
    const heard = await call()
    if (heard !== undefined && (heard.ok || heard.reason !== 'try-again')) return heard
    await pause(REPEAT_MS)
  }
}

/** Takes the next bill, sometimes with one that another sub-merchant of the provider is owed. */
function taken(bills: Bill[]): Bill[] {
  const [first] = bills.splice(0, 1)
  if (first === undefined) return []
  const other = bills.findIndex((bill) => bill.payee !== first.payee && bill.payee !== ALONE)
  if (first.payee === ALONE || other < 0 || Math.random() > COMBINED) return [first]
  return [first, ...bills.splice(other, 1)]
}

async function dueBills(host: KillableHost, openid: string): Promise<Bill[]> {
  const heard = await untilAnswered(() =>
    host.call<ReplyOf<typeof listAccounts>>(openid, 'list-accounts', {}),
  )
  if (!heard.ok) throw new Error(`no accounts: ${heard.reason}`)
  const payees = new Map(
    loadManifests().map(({ id, payee }) => [id, payee.mode === 'partner' ? payee.subMchid : ALONE]),
  )
  return heard.reply.accounts.flatMap(({ accountId, billerId, bills }) =>
    bills.map(({ billId, total }) => ({
      accountId,
      billId,
      amountSeen: total,
      payee: payees.get(billerId) ?? ALONE,
    })),
  )
}
