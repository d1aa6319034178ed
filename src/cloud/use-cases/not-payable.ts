import type { RefusalDetails } from '../../contract/call'
import { closedFrom, nextOpening } from '../../core/closed-window'
import { type WhyNotPayable, whyNotPayable } from '../../core/why-not-payable'
import type { PayableBill } from './payable-bills'
import type { Ports } from './ports'

export type NotPayable = { reason: WhyNotPayable; details: RefusalDetails }

/** Why a bill cannot be paid now, with what the phone needs for the whole sentence. */
export function notPayable(
  ports: Ports,
  payable: PayableBill,
  amountSeen?: number,
): NotPayable | undefined {
  const { bill, account, standing, manifest, total } = payable
  const now = ports.now()
  const reason = whyNotPayable({
    account: account.state,
    standing: standing.kind,
    closedWindows: manifest.closedWindows,
    now,
    amountDue: total,
    ...(amountSeen === undefined ? {} : { amountSeen }),
  })
  if (reason === undefined) return undefined
  const which = { accountId: bill.accountId, billId: bill.billId, billerId: bill.billerId }
  if (standing.kind === 'paying' && reason === 'being-paid') {
    const { until, payer, paymentId } = standing
    const who = { ...(payer && { payer }), ...(paymentId && { paymentId }) }
    return { reason, details: { ...which, until, ...who } }
  }
  if (reason === 'closed-window') {
    const { closedWindows } = manifest
    const from = closedFrom(closedWindows, now) ?? now
    return { reason, details: { ...which, from, until: nextOpening(closedWindows, now) } }
  }
  if (reason === 'amount-changed') return { reason, details: { ...which, amountDue: total } }
  return { reason, details: which }
}
