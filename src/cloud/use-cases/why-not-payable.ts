import type { RefusalDetails } from '../../contract/call'
import { expiryFor, nextOpening } from '../../core/closed-window'
import type { PayableBill } from './payable-bills'
import type { Ports } from './ports'

export type WhyNotPayable = 'suspended' | 'already-paid' | 'being-paid' | 'closed-window'

/** Why a bill cannot be paid now, in order of precedence; undefined when it can. */
export function whyNotPayable(
  ports: Ports,
  payable: PayableBill,
): { reason: WhyNotPayable; details: RefusalDetails } | undefined {
  const { bill, account, standing, manifest } = payable
  const which = { accountId: bill.accountId, billId: bill.billId, billerId: bill.billerId }
  if (account.state === 'suspended') return { reason: 'suspended', details: which }
  if (standing.kind === 'paying') {
    const { until, payer, paymentId } = standing
    return {
      reason: 'being-paid',
      details: { ...which, until, ...(payer && { payer }), ...(paymentId && { paymentId }) },
    }
  }
  if (standing.kind !== 'due') return { reason: 'already-paid', details: which }
  if (expiryFor(manifest.closedWindows, ports.now()) === null) {
    return {
      reason: 'closed-window',
      details: { ...which, until: nextOpening(manifest.closedWindows, ports.now()) },
    }
  }
  return undefined
}
