import type { Chance } from '../seeded-chance'

/** What can go wrong at WeChat Pay: rates from 0 to 1, all 0 when nothing is said. */
export type Faults = {
  noticeLost: number
  noticeDoubled: number
  /** The first notice comes a minute late. */
  noticeLate: number
  /** Notices that wait together are sent in the opposite order. */
  noticeReordered: number
  /** Before a notice its like is sent with a wrong signature, to see whether it is refused. */
  noticeProbed: number
  /** The request takes effect and its answer is lost. */
  answerLost: number
  tooManyRequests: number
  serverError: number
  slow: number
  /** The payer's card is gone: the money cannot be placed. */
  refundAbnormal: number
  refundClosed: number
  /** The merchant’s balance is lower than the refund. */
  balanceTooLow: number
  /** The payer’s account is closed or frozen. */
  payerAbnormal: number
  /** The merchant may not give back by the interface. */
  refundForbidden: number
  /** A day's file is not made yet. */
  fileCreating: number
  /** The connection ends in the middle of a day's file. */
  fileCutShort: number
  /** The file is another one than its hash was told for. */
  fileHashWrong: number
  /** The file's last line sums up something else. */
  fileSumWrong: number
}

export type FaultName = keyof Faults

const NONE: Faults = {
  noticeLost: 0,
  noticeDoubled: 0,
  noticeLate: 0,
  noticeReordered: 0,
  noticeProbed: 0,
  answerLost: 0,
  tooManyRequests: 0,
  serverError: 0,
  slow: 0,
  refundAbnormal: 0,
  refundClosed: 0,
  balanceTooLow: 0,
  payerAbnormal: 0,
  refundForbidden: 0,
  fileCreating: 0,
  fileCutShort: 0,
  fileHashWrong: 0,
  fileSumWrong: 0,
}

/** Rates that can be changed while running, and faults that are to happen exactly once. */
export function createFaults(chance: Chance, start: Partial<Faults> = {}) {
  let rates: Faults = { ...NONE, ...start }
  const once = new Set<FaultName>()
  return {
    rates: () => rates,
    set: (change: Partial<Faults>) => {
      rates = { ...rates, ...change }
    },
    /** The next chance for this fault is taken. */
    next: (name: FaultName) => {
      once.add(name)
    },
    happens: (name: FaultName): boolean => once.delete(name) || chance.happens(rates[name]),
  }
}

export type FaultControl = ReturnType<typeof createFaults>
