import { expiryFor } from '../../core/closed-window'
import { type OrderPlan, planOrders } from '../../core/order-plan'
import type { Instant } from '../../core/time'
import type { PayableBill } from './payable-bills'
import type { Ports } from './ports'

/** How bills are paid together: one plan per payment, a group per payee. */
export function planPayments(
  payables: readonly PayableBill[],
): { plan: OrderPlan; bills: PayableBill[] }[] {
  const keyed = payables.map((payable) => ({ key: keyOf(payable), payable }))
  const plans = planOrders(
    keyed.map(({ key, payable }) => ({
      key,
      billerId: payable.bill.billerId,
      payee: payable.manifest.payee,
    })),
  )
  return plans.map((plan) => {
    const keys = plan.groups.flatMap((group) => group.keys)
    return {
      plan,
      bills: keyed.filter(({ key }) => keys.includes(key)).map(({ payable }) => payable),
    }
  })
}

/** How an item is named in a plan. */
export function keyOf({ bill }: PayableBill): string {
  return `${bill.accountId}/${bill.billId}`
}

/** Until when a payment of these bills is held: the earliest expiry of their billers. */
export function heldUntil(ports: Ports, payables: readonly PayableBill[]): Instant {
  const now = ports.now()
  const expiries = payables.map(({ manifest }) => expiryFor(manifest.closedWindows, now) ?? now)
  return Math.min(...expiries)
}
