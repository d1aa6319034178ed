import type { Chance } from '../../src/simulators/seeded-chance'
import { moveTo, unsettle } from './change-sides'
import type { Expected, Plant } from './expected'
import { DAY_MS, FROM, giveBack, idOf, type MadeItem, type MadePayment } from './made-day'
import {
  isAskedAbout,
  isBackAsWeChatSays,
  isGivenBack,
  isGoingBack,
  isPosted,
  isTakenIn,
  isUntouched,
} from './safe-ends'

const END = FROM + DAY_MS
const isAlone = (payment: MadePayment) => payment.items.length === 1
const isPartner = (_payment: MadePayment, item: MadeItem) => item.biller.mode === 'partner'
const isAny = () => true
const some = (chance: Chance, least: number, most: number) =>
  least + Math.floor(chance.next() * (most - least + 1))

/** Every way in which a day is planted with what does not agree. */
const PLANTS: readonly Plant[] = [
  {
    kind: 'every notice was lost',
    source: 'trade',
    reason: 'wallet-only',
    ends: 'done',
    isSafe: isPosted,
    suits: isAlone,
    change: (payment) => unsettle(payment, 'awaiting'),
  },
  {
    kind: 'paid after our close',
    source: 'trade',
    reason: 'wallet-only',
    ends: 'done',
    isSafe: isPosted,
    suits: isAlone,
    change: (payment) => unsettle(payment, 'closed'),
  },
  {
    kind: 'the bill was paid twice, once after our close',
    source: 'trade',
    reason: 'wallet-only',
    ends: 'done',
    isSafe: isGivenBack,
    isSafeAtOnce: isGoingBack,
    suits: isAlone,
    change: (payment, item, chance) => {
      unsettle(payment, 'closed')
      item.paidBefore = idOf(chance)
      return undefined
    },
  },
  {
    kind: 'an order that is not ours',
    source: 'trade',
    reason: 'wallet-only',
    ends: 'person',
    isSafe: isUntouched,
    suits: isAlone,
    change: (payment) => unsettle(payment, 'unknown'),
  },
  {
    kind: 'the trade file lacks it',
    source: 'trade',
    reason: 'ours-only',
    ends: 'person',
    isSafe: isAskedAbout,
    suits: isPartner,
    change: (_payment, item) => {
      item.misprint = { absent: true }
      return undefined
    },
  },
  {
    kind: 'the biller lost its credit',
    source: 'postings',
    reason: 'ours-only',
    ends: 'done',
    isSafe: isPosted,
    suits: isAny,
    change: (_payment, item) => {
      item.credited = undefined
      return undefined
    },
  },
  {
    kind: 'the biller’s answer was lost',
    source: 'postings',
    reason: 'biller-only',
    ends: 'done',
    isSafe: isPosted,
    suits: isAny,
    change: (_payment, item) => {
      item.ours = 'posting'
      return undefined
    },
  },
  {
    kind: 'credited, and not told yet',
    source: 'postings',
    reason: 'biller-only',
    ends: 'done',
    // The hosted biller's own table would answer as its posting did.
    isSafe: isPosted,
    suits: (_payment, item) => !item.biller.isHosted,
    change: (_payment, item) => {
      item.ours = 'unposted'
      return undefined
    },
  },
  {
    kind: 'a credit that nobody asked for',
    source: 'postings',
    reason: 'biller-only',
    ends: 'person',
    isSafe: isUntouched,
    suits: (payment) => isAlone(payment),
    change: (payment) => {
      payment.ours = 'unknown'
      payment.inWallet = false
      return undefined
    },
  },
  {
    kind: 'another amount in the trade file',
    source: 'trade',
    reason: 'amount-differs',
    ends: 'person',
    isSafe: isUntouched,
    suits: isPartner,
    change: (_payment, item, chance) => {
      item.misprint = { amount: item.amount + (chance.happens(0.5) ? 1 : -1) * some(chance, 1, 99) }
      return undefined
    },
  },
  {
    kind: 'another amount at the biller',
    source: 'postings',
    reason: 'amount-differs',
    ends: 'person',
    isSafe: isUntouched,
    suits: isAny,
    change: (_payment, item, chance) => {
      if (item.credited !== undefined) item.credited.amount += some(chance, 1, 99)
      return undefined
    },
  },
  {
    kind: 'WeChat counts it to the day after',
    source: 'trade',
    reason: 'day-cut',
    ends: 'open',
    isPairedNextDay: true,
    isSafe: isUntouched,
    suits: isPartner,
    change: (payment, item, chance) => {
      moveTo(payment, END - 1_000 * some(chance, 1, 20))
      item.misprint = { at: END + 1_000 * some(chance, 0, 20) }
      return undefined
    },
  },
  {
    kind: 'WeChat counts it to the day before',
    source: 'trade',
    reason: 'day-cut',
    ends: 'open',
    isPairedNextDay: true,
    isSafe: isUntouched,
    suits: (payment, item) => isAlone(payment) && isPartner(payment, item),
    change: (payment, item, chance) => {
      moveTo(payment, END + 1_000 * some(chance, 0, 20))
      item.misprint = { at: END - 1_000 * some(chance, 1, 20) }
      return undefined
    },
  },
  {
    kind: 'the biller counts it to the day after',
    source: 'postings',
    reason: 'day-cut',
    ends: 'open',
    isPairedNextDay: true,
    isSafe: isUntouched,
    suits: isAny,
    change: (payment, item, chance) => {
      moveTo(payment, END - 120_000)
      item.postedAt = END - some(chance, 1, 20_000)
      item.credited = { amount: item.amount, at: END + some(chance, 0, 20_000) }
      return undefined
    },
  },
  {
    kind: 'the trade file lacks our refund',
    source: 'trade',
    reason: 'refund-not-seen',
    ends: 'done',
    isSafe: isBackAsWeChatSays,
    suits: isPartner,
    change: (payment, item) => {
      giveBack(payment, item).inWallet = false
      return undefined
    },
  },
  {
    kind: 'given back at the merchant platform',
    source: 'trade',
    reason: 'refund-unknown',
    ends: 'done',
    isSafe: isTakenIn,
    suits: isPartner,
    change: (payment, item) => {
      const kept = { ours: item.ours, credited: item.credited }
      const refund = giveBack(payment, item)
      Object.assign(item, kept)
      refund.number = `8${payment.paidAt}${item.accountNumber}`
      refund.inOurs = false
      return undefined
    },
  },
  {
    kind: 'a fee beside the contract',
    source: 'trade',
    reason: 'fee-differs',
    ends: 'person',
    isSafe: isUntouched,
    suits: (_payment, item) => item.biller.mode === 'direct',
    change: (_payment, item, chance) => {
      item.misprint = { fee: Math.round(item.amount / 500) + some(chance, 2, 30) }
      return undefined
    },
  },
]

/** Plants so many differences, as many of each kind, each in a payment of its own; gives what must be found. */
export function plant(day: readonly MadePayment[], count: number, chance: Chance): Expected[] {
  const expected: Expected[] = []
  const isPlanted = new Set<string>()
  for (let turn = 0; turn < count; turn += 1) {
    const plant = PLANTS[turn % PLANTS.length]
    if (plant === undefined) throw new Error('there is one')
    const { payment, item } = place(day, plant, isPlanted, chance)
    isPlanted.add(payment.id)
    plant.change(payment, item, chance)
    const isOfBiller = plant.source === 'postings'
    expected.push({
      kind: plant.kind,
      paymentId: payment.id,
      ownerId: isOfBiller ? item.biller.id : item.biller.payeeId,
      source: plant.source,
      reason: plant.reason,
      ends: plant.ends,
      isPairedNextDay: plant.isPairedNextDay === true,
      planted: { payment, item },
      isSafe: plant.isSafe,
      isSafeAtOnce: plant.isSafeAtOnce ?? plant.isSafe,
    })
  }
  return expected
}

function place(
  day: readonly MadePayment[],
  { suits }: Plant,
  isPlanted: ReadonlySet<string>,
  chance: Chance,
): { payment: MadePayment; item: MadeItem } {
  for (;;) {
    const payment = day[Math.floor(chance.next() * day.length)]
    const item = payment?.items[Math.floor(chance.next() * (payment?.items.length ?? 0))]
    if (payment === undefined || item === undefined || isPlanted.has(payment.id)) continue
    // What lies near midnight may itself be counted either way, and what was given back is a case of its own.
    if (item.refund !== undefined || !isWellInside(payment) || !suits(payment, item)) continue
    return { payment, item }
  }
}

const HOUR_MS = 3_600_000

/** So far from midnight that an absent row is absent, not counted to another day. */
function isWellInside({ paidAt }: MadePayment): boolean {
  return paidAt > FROM + 1.1 * HOUR_MS && paidAt < END - 1.1 * HOUR_MS
}
