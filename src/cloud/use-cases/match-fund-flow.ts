import { HALF_A_FEN } from '../../core/reconciliation'
import { type DailyFile, type FileKey, findFile } from '../postgres/daily-files'
import type { NewDifference } from '../postgres/differences'
import { recordWalletMovement } from '../postgres/wallet-movements'
import type { Ports } from './ports'

const FEES = ['扣除交易手续费', '退回交易手续费']
const PAYOUTS = ['提现']
const PAID = '交易'
const GIVEN_BACK = '退款'

/**
 * Checks a day's fund flow against the trade file that our books were matched with: what came in, what
 * went back, and the fee. Books the fee and payouts to the bank; what else moved money is a person's.
 */
export async function matchFundFlow(
  ports: Ports,
  key: FileKey,
  file: DailyFile,
): Promise<NewDifference[] | { refusal: string; detail: string }> {
  const trade = await findFile(ports.database, { ...key, source: 'trade' })
  if (trade?.sums == null) return { refusal: 'not-ready', detail: 'the trade file comes first' }
  const flow = file.sums ?? {}
  const { settled = 0, refunded = 0, feeMills = 0 } = trade.sums
  const feeFen = -sumOf(flow, FEES)
  const payoutFen = -sumOf(flow, PAYOUTS)
  await book(ports, key, 'fee', feeFen, feeMills - feeFen * 1000)
  await book(ports, key, 'payout', payoutFen, 0)

  const found: NewDifference[] = []
  const differs = (reason: NewDifference['reason'], about: string, facts: object): void => {
    found.push({
      paymentId: key.ownerId,
      differenceId: `fund-flow:${key.day}:${about}:${reason}`,
      ownerId: key.ownerId,
      source: 'fund-flow',
      day: key.day,
      reason,
      action: 'person',
      facts: { about, side: 'both', ...facts },
    })
  }
  if ((flow[PAID] ?? 0) !== settled)
    differs('amount-differs', PAID, { flowFen: flow[PAID] ?? 0, tradeFen: settled })
  if (-(flow[GIVEN_BACK] ?? 0) !== refunded)
    differs('amount-differs', GIVEN_BACK, { flowFen: flow[GIVEN_BACK] ?? 0, tradeFen: refunded })
  if (Math.abs(feeFen * 1000 - feeMills) > HALF_A_FEN * Math.max(1, trade.rows ?? 0))
    differs('fee-differs', 'fee', { flowFen: feeFen, tradeMills: feeMills })
  for (const [type, movedFen] of Object.entries(flow))
    if (![PAID, GIVEN_BACK, ...FEES, ...PAYOUTS].includes(type))
      differs('wallet-only', type, { flowFen: movedFen })
  return found
}

function sumOf(flow: Readonly<Record<string, number>>, types: readonly string[]): number {
  return types.reduce((sum, type) => sum + (flow[type] ?? 0), 0)
}

/** +fee −wallet, +bank −wallet; the other way where a day gave more fee back than it took. */
async function book(
  ports: Ports,
  { ownerId, day }: FileKey,
  kind: 'fee' | 'payout',
  amountFen: number,
  remainderMills: number,
): Promise<void> {
  if (amountFen === 0) return
  const account = kind === 'fee' ? 'fee' : 'bank'
  const [debit, credit] =
    amountFen > 0 ? ([account, 'wallet'] as const) : (['wallet', account] as const)
  const movement = { payeeId: ownerId, day, kind, debit, credit, remainderMills }
  await recordWalletMovement(
    ports.database,
    { ...movement, amountFen: Math.abs(amountFen) },
    ports.now(),
  )
}
