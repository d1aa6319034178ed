import { loadManifests } from '../../src/cloud/billers/load-manifests'
import type { Chance } from '../../src/simulators/seeded-chance'

/** A biller with its payee, as the day needs to know it. */
export type MadeBiller = {
  id: string
  mode: 'direct' | 'partner'
  mchid: string
  payeeId: string
  isHosted: boolean
  /** Posting numbers begin with it. */
  prefix: string
}

/** Money given back of an item: what our books say, and what WeChat's do. */
export type MadeRefund = {
  number: string
  wechatRefundId: string
  amount: number
  at: number
  inOurs: boolean
  inWallet: boolean
}

/** One bill of a payment, in an order of its own. Amounts in fen, moments in milliseconds. */
export type MadeItem = {
  no: number
  biller: MadeBiller
  orderNumber: string
  transactionId: string
  accountNumber: string
  amount: number
  postingId: string
  postingNumber: string
  postedAt: number
  ours: 'posted' | 'posting' | 'unposted' | 'rejected'
  /** Its row in WeChat's file, where that is not what was paid. */
  misprint?: { amount?: number; fee?: number; at?: number; absent?: boolean }
  /** What the biller's books have of it; undefined where they have nothing. */
  credited: { amount: number; at: number } | undefined
  refund?: MadeRefund
  /** The payment that paid the same bill before. */
  paidBefore?: string
}

export type MadePayment = {
  id: string
  openid: string
  createdAt: number
  paidAt: number
  ours: 'paid' | 'awaiting' | 'closed' | 'unknown'
  inWallet: boolean
  items: MadeItem[]
}

export const DAY = '2026-11-16'
export const FROM = Date.parse(`${DAY}T00:00:00+08:00`)
export const DAY_MS = 86_400_000

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Of a hundred payments so many pay two bills of two utilities at once. */
const COMBINED = 12
/** Of a thousand so many are given back, since the biller refused them. */
const GIVEN_BACK = 4

export const MADE_BILLERS: readonly MadeBiller[] = loadManifests().map(
  ({ id, payee, posting }) => ({
    id,
    mode: payee.mode,
    mchid: payee.mchid,
    payeeId: payee.mode === 'direct' ? payee.mchid : payee.subMchid,
    isHosted: posting.adapter === 'hosted',
    prefix: id.slice(0, 2).toUpperCase(),
  }),
)

/** The payments of a day, all of which agree on every side. The same chance gives the same day. */
export function madeDay(chance: Chance, count: number): MadePayment[] {
  return Array.from({ length: count }, (_, index) => madePayment(chance, index))
}

export function madePayment(chance: Chance, index: number): MadePayment {
  const id = idOf(chance)
  const paidAt = FROM + Math.floor(chance.next() * 86_400) * 1000
  const first = oneOf(chance, MADE_BILLERS)
  const isCombined = first.mode === 'partner' && chance.happens(COMBINED / 100)
  const others = MADE_BILLERS.filter((one) => one.mode === 'partner' && one.id !== first.id)
  const billers = isCombined ? [first, oneOf(chance, others)] : [first]
  const items = billers.map((biller, place) =>
    madeItem(chance, { id, paidAt, serial: index * 2 + place }, biller, place + 1),
  )
  const payment: MadePayment = {
    id,
    openid: `o-${id.slice(0, 20).toLowerCase()}`,
    createdAt: paidAt - 8_000 - Math.floor(chance.next() * 30_000),
    paidAt,
    ours: 'paid',
    inWallet: true,
    items,
  }
  for (const item of items) if (chance.happens(GIVEN_BACK / 1000)) giveBack(payment, item)
  return payment
}

function madeItem(
  chance: Chance,
  { id, paidAt, serial }: { id: string; paidAt: number; serial: number },
  biller: MadeBiller,
  no: number,
): MadeItem {
  const amount = 100 + Math.floor(chance.next() * 40_000)
  const postedAt = paidAt + 1_000 + Math.floor(chance.next() * 90_000)
  return {
    no,
    biller,
    orderNumber: `${id}0${no}`,
    transactionId: `42000${String(paidAt)}${String(serial).padStart(10, '0')}`,
    accountNumber: String(1_000_000_000 + serial),
    amount,
    postingId: `${id}-${no}`,
    postingNumber: `${biller.prefix}20261116-${String(serial).padStart(7, '0')}`,
    postedAt,
    ours: 'posted',
    credited: { amount, at: postedAt },
  }
}

/** The biller refused it, so the money went back a minute later, of which all sides know. */
export function giveBack(payment: MadePayment, item: MadeItem): MadeRefund {
  item.ours = 'rejected'
  item.credited = undefined
  item.refund = {
    number: `${payment.id}R00${item.no}`,
    wechatRefundId: `5030${item.transactionId.slice(5)}`,
    amount: item.amount,
    at: payment.paidAt + 61_000,
    inOurs: true,
    inWallet: true,
  }
  return item.refund
}

/** 26 letters, as a payment's id has; the first one so small that it is 128 bits. */
export function idOf(chance: Chance): string {
  const letter = (most: number) => LETTERS[Math.floor(chance.next() * most)] ?? '0'
  return letter(8) + Array.from({ length: 25 }, () => letter(32)).join('')
}

export function oneOf<Thing>(chance: Chance, things: readonly Thing[]): Thing {
  const thing = things[Math.floor(chance.next() * things.length)]
  if (thing === undefined) throw new Error('there is one')
  return thing
}
