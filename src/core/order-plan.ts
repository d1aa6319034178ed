/** Who is paid: a merchant of its own, or a sub-merchant of a service provider. */
export type Payee =
  | { mode: 'direct'; mchid: string }
  | { mode: 'partner'; mchid: string; subMchid: string }

export type PlannedItem = { key: string; billerId: string; payee: Payee }

/** One payment: an ordinary order for one payee, a combined one for several. */
export type OrderPlan = {
  mode: Payee['mode']
  /** The merchant that places the order. */
  initiator: string
  kind: 'ordinary' | 'combined'
  groups: { payee: Payee; keys: string[] }[]
}

/** WeChat: a combined order of a direct merchant has 2 to 10 sub-orders; the same is kept for all. */
const GROUPS_MAX = 10
/** Items of one payment, so that one act stays readable. */
const ITEMS_MAX = 12

/**
 * Groups items by payee and payees by initiator and mode. What cannot join one order becomes a
 * further payment. The order of the items is kept.
 */
export function planOrders(items: readonly PlannedItem[]): OrderPlan[] {
  const plans: Begun[] = []
  for (const item of items) {
    const plan = plans.find((one) => canJoin(one, item)) ?? addPlan(plans, item)
    const group = plan.groups.find((one) => payeeId(one.payee) === payeeId(item.payee))
    if (group === undefined) plan.groups.push({ payee: item.payee, keys: [item.key] })
    else group.keys.push(item.key)
  }
  return plans.map((plan) => ({ ...plan, kind: plan.groups.length > 1 ? 'combined' : 'ordinary' }))
}

/** Whether it is an ordinary order is seen in the end. */
type Begun = Omit<OrderPlan, 'kind'>

function canJoin(plan: Begun, { payee }: PlannedItem): boolean {
  if (plan.mode !== payee.mode || plan.initiator !== payee.mchid) return false
  const items = plan.groups.reduce((count, group) => count + group.keys.length, 0)
  if (items >= ITEMS_MAX) return false
  const known = plan.groups.some((group) => payeeId(group.payee) === payeeId(payee))
  return known || plan.groups.length < GROUPS_MAX
}

function addPlan(plans: Begun[], { payee }: PlannedItem): Begun {
  const plan: Begun = { mode: payee.mode, initiator: payee.mchid, groups: [] }
  plans.push(plan)
  return plan
}

/** The merchant number that the money goes to. */
export function payeeId(payee: Payee): string {
  return payee.mode === 'direct' ? payee.mchid : payee.subMchid
}
