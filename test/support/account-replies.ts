import type { ReplyOf } from '../../src/contract/call'
import type { getAccount } from '../../src/contract/get-account'
import type { getBill } from '../../src/contract/get-bill'
import type { BoundAccount, DueBill } from '../../src/contract/list-accounts'
import { fen } from '../../src/core/money'
import { quantity } from '../../src/core/quantity'

/** 16 November 2026, 9:05 in Asia/Shanghai. */
export const MORNING = Date.parse('2026-11-16T09:05:00+08:00')
/** Until when a payment under way holds its bills. */
export const HELD_UNTIL = Date.parse('2026-11-16T14:32:00+08:00')

export function aDueBill(overrides: Partial<DueBill> = {}): DueBill {
  return {
    billId: '2026-10',
    month: '2026-10',
    dueOn: '2026-11-04',
    principal: fen(7_590),
    lateFee: fen(0),
    total: fen(7_590),
    standing: { kind: 'due' },
    ...overrides,
  }
}

/** A water account with one bill, twelve days late. */
export function anAccount(overrides: Partial<BoundAccount> = {}): BoundAccount {
  return {
    accountId: 'a1',
    billerId: 'shenjiang-water',
    billerName: { zh: '申江水务', en: 'Shenjiang Water' },
    service: 'water',
    label: '水',
    household: '我家',
    accountNumber: '310407216A',
    holder: '张*',
    address: '浦东新区花木…',
    billing: 'postpaid',
    bills: [aDueBill()],
    suspended: false,
    ...overrides,
  }
}

type AccountReply = ReplyOf<typeof getAccount>

export function anAccountReply(overrides: Partial<AccountReply> = {}): AccountReply {
  return {
    account: anAccount(),
    meterNumber: 'SJ-0721',
    unit: 'm3',
    tariff: { id: 'shanghai-water-2013', validFrom: '2013-08-01', resets: 'year' },
    tiers: {
      rows: [{ tier: 1, from: quantity(0), price: 34_500 }],
      used: quantity(21_400),
      current: 1,
    },
    usage: [],
    bills: 24,
    receipts: 23,
    ...overrides,
  }
}

type BillReply = ReplyOf<typeof getBill>

/** A power bill, twelve days late. */
export function aBill(overrides: Partial<BillReply> = {}): BillReply {
  return {
    accountId: 'a1',
    billId: '2026-10',
    billerId: 'jinghua-power',
    billerName: { zh: '京华供电', en: 'Jinghua Power' },
    service: 'electricity',
    label: '电',
    household: '爸妈家',
    accountNumber: '441020933317',
    month: '2026-10',
    revision: 1,
    periodFrom: '2026-09-20',
    periodTo: '2026-10-20',
    issuedOn: '2026-10-22',
    dueOn: '2026-11-04',
    previousReading: quantity(1_820_400),
    currentReading: quantity(1_865_400),
    readOn: '2026-10-20',
    readKind: 'actual',
    unit: 'kWh',
    usage: quantity(45_000),
    lines: [],
    principal: fen(24_274),
    lateFee: fen(291),
    total: fen(24_565),
    totalTomorrow: fen(24_590),
    daysLate: 12,
    lateFeeRate: 10,
    tariff: { id: 'beijing-electricity-2012', validFrom: '2012-07-01' },
    standing: { kind: 'due' },
    ...overrides,
  }
}
