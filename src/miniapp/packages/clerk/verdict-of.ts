import type { CheckedReceipt } from '../../../contract/check-receipt'
import type { ClerkSaying } from '../../client/words/clerk'
import type { VerdictKind } from '../../ui/verdict'
import type { Checked } from './checked'

/**
 * The verdict panel and its saying. Another company's receipt is genuine but not for this desk; what
 * goes back looks like what went back: it is no proof of payment either.
 */
export function verdictOf(checked: Checked): { kind: VerdictKind; saying: ClerkSaying } {
  if (checked.kind === 'offline') return { kind: 'offline', saying: 'offline' }
  if (checked.kind === 'foreign') return { kind: 'foreign', saying: 'foreign' }
  const { verdict, why, receipt } = checked.reply
  if (verdict === 'foreign' && why === 'other-biller') {
    return { kind: 'foreign', saying: 'other-biller' }
  }
  if (verdict === 'returning') {
    return { kind: 'refunded', saying: whyReturning(receipt) }
  }
  return { kind: verdict, saying: verdict }
}

function whyReturning(receipt: CheckedReceipt | undefined): ClerkSaying {
  if (receipt?.state === 'undone') return 'undone'
  if (receipt?.duplicate === true) return 'duplicate'
  return receipt?.state === 'rejected' ? 'rejected' : 'going-back'
}
