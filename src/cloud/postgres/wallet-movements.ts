import type { LedgerAccount } from '../../core/ledger'
import type { DateText, Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

const RECORD = statement(
  'wallet-movement-record',
  'select record_wallet_movement($1, $2::date, $3, $4, $5, $6::bigint, $7::int, $8::timestamptz) as answer',
)

/** What a whole day moves in a payee's wallet beside payments. `remainderMills`: what rounding left over. */
export type WalletMovement = {
  payeeId: string
  day: DateText
  kind: 'fee' | 'payout'
  debit: LedgerAccount
  credit: LedgerAccount
  amountFen: number
  remainderMills: number
}

/** Records it, once per payee, day and kind. */
export async function recordWalletMovement(
  database: Database,
  movement: WalletMovement,
  now: Instant,
): Promise<'recorded' | 'before'> {
  const rows = await database.run<{ answer: 'recorded' | 'before' }>(RECORD, [
    movement.payeeId,
    movement.day,
    movement.kind,
    movement.debit,
    movement.credit,
    movement.amountFen,
    movement.remainderMills,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}
