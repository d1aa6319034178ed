import type { Instant } from '../../core/time'
import type { Biller } from '../billers/biller'
import type { Manifest } from '../billers/manifest-schema'
import type { Database } from '../postgres/database'
import type { PersonalDataKeys } from '../postgres/personal-data'
import type { WeChatPay } from '../wechat/we-chat-pay'

/** Every neighbour a use case may reach: the database, WeChat, the billers, the log, clock and chance. */
export type Ports = {
  database: Database
  log: Log
  personalData: PersonalDataKeys
  billers: Billers
  weChatPay: WeChatPay
  receipts: ReceiptKeys
  now: () => Instant
  random: (bytes: number) => Uint8Array
  sleep: (milliseconds: number) => Promise<void>
  /** Waits for the work, but not longer; the work goes on all the same. */
  within: (milliseconds: number, work: Promise<void>) => Promise<void>
}

/** What somebody has to look at now; docs/runbooks has a page for each. */
export const ALARMS = [
  'payment-unknown-past-expiry',
  'posting-late',
  'refund-held-up',
  'task-handed-over',
  'daily-file-late',
  'many-accounts-from-one-address',
  'ledger-flaw',
  'gauge-unsettled',
  'gauge-unposted',
  'gauge-refund',
  'gauge-person-task',
  'gauge-difference',
  'gauge-daily-file',
  'gauge-dispute',
] as const
export type Alarm = (typeof ALARMS)[number]

/** One line of the log: pseudonymous ids only, never a request's contents. */
export type LogEntry = {
  errorId?: string
  call?: string
  paymentId?: string
  /** What else it was about, by a pseudonymous id. */
  about?: string
  error?: unknown
} & ({ level: 'info' | 'warn' | 'error'; event?: string } | { level: 'alarm'; event: Alarm })
export type Log = (entry: LogEntry) => void

export type Billers = {
  all: () => readonly Manifest[]
  manifest: (billerId: string) => Manifest | undefined
  /** The adapter; asserts that the biller exists. */
  adapter: (billerId: string) => Biller
}

/** The key that signs new receipts, and every public key that old ones verify under. */
export type ReceiptKeys = {
  keyId: string
  /** Ed25519 under the key of this id. */
  sign: (bytes: Uint8Array) => Uint8Array
  publicKeys: Readonly<Record<string, Uint8Array>>
}

/** Who calls, as the platform's context says; never from the event. */
export type Caller = { openid: string; address?: string | undefined }
