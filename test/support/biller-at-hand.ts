import type { BillerBill, Posting } from '../../src/cloud/billers/biller'
import { createHttpBiller, type HttpBillerSettings } from '../../src/cloud/billers/http-biller'
import { fen } from '../../src/core/money'
import { quantity } from '../../src/core/quantity'
import type { BooksContents } from '../../src/simulators/biller/books'
import { createBillerSimulator } from '../../src/simulators/biller/create-biller'
import { handClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { KEYS, TODAY } from './town'

export const OURS = { keyId: 'wanjia-1', privateKeyPem: KEYS.ours.privateKey }
export const THEIRS = { keyId: 'biller-1', privateKeyPem: KEYS.biller.privateKey }

/** One due bill of 10.5 m³ at 2.55 yuan. */
export function aBill(overrides: Partial<BillerBill> = {}): BillerBill {
  return {
    billId: '2026-10',
    revision: 1,
    month: '2026-10',
    periodFrom: '2026-09-21',
    periodTo: '2026-10-20',
    issuedOn: '2026-10-22',
    noticeOn: '2026-10-23',
    dueOn: '2026-11-06',
    previousReading: quantity(10_000),
    currentReading: quantity(11_050),
    readOn: '2026-10-20',
    readKind: 'actual',
    usage: quantity(1050),
    usedBefore: quantity(0),
    lines: [
      {
        item: '水费',
        tier: 1,
        unit: 'm3',
        quantity: quantity(1050),
        unitPrice: 25_500,
        amount: fen(2678),
      },
    ],
    principal: fen(2678),
    tariffVersion: 'guangzhou-water-2025',
    status: 'due',
    ...overrides,
  }
}

/** What the biller is told when that bill was paid, with a late fee of a yuan. */
export function aPosting(overrides: Partial<Posting> = {}): Posting {
  return {
    postingId: 'p-1',
    accountNumber: '100217',
    billId: '2026-10',
    revision: 1,
    principal: fen(2678),
    lateFee: fen(100),
    amount: fen(2778),
    quotedAt: TODAY,
    paidAt: TODAY + 30_000,
    transactionId: '4200000001',
    ...overrides,
  }
}

/** The books of a biller with that one account and bill. */
function aBooks(): BooksContents {
  return {
    accounts: [
      {
        accountNumber: '100217',
        holderName: '李桂花',
        address: '柳镇 桥东街 5 号',
        phone: '13800000000',
        meterNumber: 'M100217',
        people: 3,
        state: 'active',
        lastPaidAmount: 2500,
      },
    ],
    bills: [{ accountNumber: '100217', bill: { ...aBill() } }],
    credits: [],
  }
}

/** A biller's own system under a path of its own, and our client of it. */
export async function billerAtHand(client: Partial<HttpBillerSettings> = {}) {
  const clock = handClock(TODAY)
  const simulator = createBillerSimulator({
    prefix: 'LZ',
    basePath: '/wanjia',
    key: THEIRS,
    callers: { [OURS.keyId]: KEYS.ours.publicKey },
    clock,
    chance: seededChance(1),
    contents: aBooks(),
  })
  const baseUrl = await simulator.listen()
  const settings = {
    billerId: 'liuzhen-water',
    baseUrl,
    ourKey: OURS,
    billerKeys: { [THEIRS.keyId]: KEYS.biller.publicKey },
    now: clock.now,
    ...client,
  }
  return {
    clock,
    simulator,
    baseUrl,
    client: createHttpBiller(settings),
    close: () => simulator.close(),
  }
}
