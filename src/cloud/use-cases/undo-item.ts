import type { RequestOf } from '../../contract/call'
import type { undoItem as call } from '../../contract/undo-item'
import { derivePaymentId } from '../postgres/personal-data'
import { undoItemRow } from '../postgres/undo'
import { done, type Outcome, refuse } from './outcome'
import type { Caller, Ports } from './ports'

/**
 * Takes one bill of the caller's paid payment back, while that can be done; the jobs give the money
 * back. Refusals in order: not-found (also another person's), not-paid, not-undoable, too-late,
 * being-refunded.
 */
export async function undoItem(
  ports: Ports,
  caller: Caller,
  { paymentId, itemNo }: RequestOf<typeof call>,
): Promise<Outcome<typeof call>> {
  const answer = await undoItemRow(
    ports.database,
    { paymentId: derivePaymentId(ports.personalData, caller.openid, paymentId), itemNo },
    ports.now(),
  )
  return 'refused' in answer
    ? refuse<typeof call>(answer.refused)
    : done<typeof call>({ undoneAt: Date.parse(answer.undone_at) })
}
