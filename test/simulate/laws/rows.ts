import type { Snapshot } from '../snapshot'
import { keyOf, onceOf, paidIds } from './books'

const FORWARD: Record<string, readonly string[]> = {
  created: ['awaiting', 'paid', 'closed'],
  awaiting: ['paid', 'closed'],
  closed: ['paid'],
  paid: [],
  unposted: ['posting', 'undone'],
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
    ...now.payments
      .filter(({ closed_at }) => closed_at !== null)
      .map(({ payment_id }) => `${payment_id} close`),
    ...now.movements
      .filter(({ kind }) => kind.startsWith('reverse:'))
      .map(({ payment_id, kind }) => `${payment_id} refund-reversed:${kind.split(':')[1]}`),
    // What somebody gave back on the merchant platform was sent when we first heard of it.
    ...now.refunds
      .filter(
        ({ sent_at, requested_by }) => sent_at !== null && requested_by !== 'merchant-platform',
      )
      .map(({ payment_id, refund_no }) => `${payment_id} refund-sent:${refund_no}`),
    ...now.refunds
      .filter(({ state }) => ['done', 'closed', 'abnormal'].includes(state))
      .map(({ payment_id, refund_no, state }) => `${payment_id} refund-${state}:${refund_no}`),
    ...now.walletMovements.map(({ payee_id, kind, day }) => `${payee_id} wallet:${kind}:${day}`),
    ...now.files
      .filter(({ state }) => state === 'matched')
      .map(({ owner_id, source, day }) => `${owner_id} match:${source}:${day}`),
    ...now.differences.map((one) => `${one.payment_id} difference:${one.difference_id}`),
    ...now.items
      .filter(({ credit }) => credit === 'credited')
      .map(
        ({ account_id, bill_id, revision, payment_id }) =>
          `${account_id} credit:${bill_id}:${revision}:${payment_id}`,
      ),
  ]
  return wanted.filter((row) => !rows.has(row)).map((row) => `law 10: no audit row ${row}`)
}
