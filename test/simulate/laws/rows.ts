import type { Snapshot } from '../snapshot'
import { keyOf, onceOf, paidIds, repeated } from './books'

const FORWARD: Record<string, readonly string[]> = {
  created: ['awaiting', 'paid', 'closed'],
  awaiting: ['paid', 'closed'],
  closed: ['paid'],
  paid: [],
  unposted: ['posting', 'posted', 'rejected', 'undone'],
  posting: ['posted', 'rejected'],
  posted: [],
  rejected: [],
  undone: [],
  'refund requested': ['refund approved', 'refund declined'],
  'refund approved': [
    ...['refund sent', 'refund done', 'refund closed', 'refund abnormal'],
    'refund declined',
  ],
  'refund declined': [],
  'refund sent': ['refund done', 'refund closed', 'refund abnormal'],
  'refund abnormal': ['refund done', 'refund closed'],
  'refund done': [],
  'refund closed': [],
}

/** Law 5: one number per item, and a signed code once it is credited. */
export function receiptsAreOnce(now: Snapshot): string[] {
  return [
    ...repeated(now.items.map((item) => item.receipt_number)).map(
      (number) => `law 5: receipt ${number} is there twice`,
    ),
    ...now.items
      .filter((item) => item.credit !== null && item.receipt_code === null)
      .map((item) => `law 5: ${keyOf(item)} is credited without a receipt`),
  ]
}

const toPost = onceOf(
  (tasks: Snapshot['tasks']) => new Set(tasks.filter(({ kind }) => kind === 'post').map(keyOf)),
)

/** Law 6: what is settled is to be posted. */
export function tasksAreThere(now: Snapshot): string[] {
  const tasks = toPost(now.tasks)
  const paid = paidIds(now.payments)
  return now.items
    .filter((item) => paid.has(item.payment_id) !== tasks.has(keyOf(item)))
    .map((item) => `law 6: ${keyOf(item)} and its posting task do not go together`)
}

const statesOf = onceOf(
  ({ payments, items, refunds }: Snapshot) =>
    new Map([
      ...payments.map((one) => [one.payment_id, one.state as string] as const),
      ...items.map((one) => [keyOf(one), one.state as string] as const),
      ...refunds.map((one) => [`refund ${one.refund_number}`, `refund ${one.state}`] as const),
    ]),
)

/** Law 8: states never run backwards, and no row goes away. */
export function statesGoForward(now: Snapshot, before: Snapshot): string[] {
  const after = statesOf(now)
  return [...statesOf(before)]
    .filter(([key, state]) => {
      const next = after.get(key)
      return next !== state && (next === undefined || FORWARD[state]?.includes(next) !== true)
    })
    .map(([key, state]) => `law 8: ${key} went from ${state} to ${after.get(key)}`)
}

const auditRows = onceOf(
  (audit: Snapshot['audit']) =>
    new Set(audit.map(({ subject_id, audit_id }) => `${subject_id} ${audit_id}`)),
)

/** Law 10: what moved money has its row. */
export function actsAreAudited(now: Snapshot): string[] {
  const rows = auditRows(now.audit)
  const wanted = [
    ...now.payments.map(({ payment_id }) => `${payment_id} start`),
    ...[...paidIds(now.payments)].map((payment_id) => `${payment_id} settle`),
    ...now.items
      .filter(({ state }) => state === 'posted' || state === 'rejected')
      .map(({ payment_id, item_no }) => `${payment_id} posted:${item_no}`),
    ...now.items
      .filter(({ state }) => state === 'undone')
      .map(({ payment_id, item_no }) => `${payment_id} undo:${item_no}`),
    ...now.refunds.map(({ payment_id, refund_no }) => `${payment_id} refund:${refund_no}`),
    ...now.refunds
      .filter(({ rule, approved_by }) => rule === null && approved_by !== null)
      .map(({ payment_id, refund_no }) => `${payment_id} refund-approved:${refund_no}`),
    ...now.refunds
      .filter(({ state }) => state === 'declined')
      .map(({ payment_id, refund_no }) => `${payment_id} refund-declined:${refund_no}`),
    ...now.differences.map((one) => `${one.payment_id} difference:${one.difference_id}`),
    ...now.items
      .filter(({ credit }) => credit === 'credited')
      .map(({ account_id, bill_id, revision }) => `${account_id} credit:${bill_id}:${revision}`),
  ]
  return wanted.filter((row) => !rows.has(row)).map((row) => `law 10: no audit row ${row}`)
}
