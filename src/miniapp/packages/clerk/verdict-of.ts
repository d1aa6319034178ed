import type { VerdictKind } from '../../ui/verdict'
import type { Checked } from './checked'

/** The verdict panel and its saying. Another company's receipt is genuine but not for this desk. */
export function verdictOf(checked: Checked): { kind: VerdictKind; saying: string } {
  if (checked.kind === 'offline') return { kind: 'offline', saying: 'offline' }
  if (checked.kind === 'foreign') return { kind: 'foreign', saying: 'foreign' }
  const { verdict, why } = checked.reply
  if (verdict === 'foreign' && why === 'other-biller') {
    return { kind: 'foreign', saying: 'other-biller' }
  }
  return { kind: verdict, saying: verdict }
}
