import type { Instant } from '../../core/time'
import { nextPostAt } from '../../core/waits'
import {
  type ClaimedTask,
  claimTask,
  dueTasks,
  openTasksOf,
  postponeTask,
  type TaskKey,
} from '../postgres/outbox'
import { findDossier } from '../postgres/payment-dossiers'
import { failTask } from '../postgres/person-list'
import { WeChatPayFault } from '../wechat/we-chat-pay-fault'
import { inLanes } from './in-lanes'
import { knownBiller } from './known-biller'
import { noteFault } from './note-fault'
import type { Ports } from './ports'
import { postItem } from './post-item'
import { postingTimes } from './posting-times'
import { reportDelivery } from './report-delivery'
import { reversePosting } from './reverse-posting'
import { sendRefund } from './send-refund'

const WORK: Record<ClaimedTask['kind'], (ports: Ports, task: ClaimedTask) => Promise<void>> = {
  post: postItem,
  'report-delivery': reportDelivery,
  reverse: reversePosting,
  refund: sendRefund,
}
/**
 * Longer than a task ever waits for its neighbours (a biller is asked three times, eight seconds each),
 * so that a lease ends only on a dead runner; short enough for the next timer within the minute.
 */
const LEASE_MS = 30_000
const MOST = 500
/** A task that fails by a bug of ours is tried for three quarters of an hour, then a person has it. */
const FAILURES_MAX = 8

/**
 * Runs what is due in the outbox, each task claimed by its key, and what became due by it, each once;
 * gives how many were begun. A task that fails is put off and never holds up another one.
 */
export async function runDueTasks(ports: Ports, until: Instant): Promise<number> {
  const isOver = () => ports.now() >= until
  const met = new Set<string>()
  let begun = 0
  for (;;) {
    const due = await dueTasks(ports.database, ports.now(), MOST)
    const unmet = due.filter((key) => !met.has(JSON.stringify(key)))
    for (const key of unmet) met.add(JSON.stringify(key))
    const run = await inLanes(unmet, isOver, (key) => runTask(ports, key))
    begun += run
    if (run < unmet.length || run === 0) return begun
  }
}

/** Runs the tasks of one payment at once, right after it was settled. */
export async function runTasksOf(ports: Ports, paymentId: string): Promise<void> {
  const keys = await openTasksOf(ports.database, paymentId)
  await Promise.all(keys.map((key) => runTask(ports, key)))
}

async function runTask(ports: Ports, key: TaskKey): Promise<void> {
  try {
    const task = await claimTask(ports.database, key, ports.now(), LEASE_MS)
    if (task === undefined) return
    await work(ports, task).catch((error: unknown) => putOff(ports, task, error))
  } catch (error) {
    // The database failed us; when the lease ends, a later round takes the task up again.
    noteFault(ports, { event: 'run-task', ...named(key) }, error)
  }
}

function work(ports: Ports, task: ClaimedTask): Promise<void> {
  return WORK[task.kind](ports, task)
}

/** A neighbour's outcome is unknown and asked about again for ever; a bug of ours ends at a person. */
async function putOff(ports: Ports, task: ClaimedTask, error: unknown): Promise<void> {
  const { errorId, isOurs } = noteFault(ports, { event: 'run-task', ...named(task) }, error)
  const now = ports.now()
  const nextAt = nextPostAt(now, task.attempts)
  if (isOurs) {
    const reason = `fault ${errorId}`
    const answer = await failTask(ports.database, task, {
      nextAt,
      failuresMax: FAILURES_MAX,
      reason,
      now,
    })
    if (answer === 'handed-over')
      ports.log({ level: 'alarm', event: 'task-handed-over', errorId, ...named(task) })
  } else {
    await postponeTask(ports.database, task, nextAt)
  }
  if (task.kind === 'post') await alarmWhenLate(ports, task)
  if (error instanceof WeChatPayFault && HELD_UP.has(error.code))
    ports.log({ level: 'alarm', event: 'refund-held-up', errorId, ...named(task) })
}

/**
 * The merchant's balance is too low, the payer's account cannot take money, or we may not give any back: WeChat does
 * not change its mind by itself. Codes come without underscores (codeOf). pay.weixin.qq.com, 申请退款
 */
const HELD_UP = new Set(['NOTENOUGH', 'USERACCOUNTABNORMAL', 'NOAUTH'])

/** The utility said by when it credits at the latest; from then on each failed try is an alarm. */
async function alarmWhenLate(ports: Ports, task: ClaimedTask): Promise<void> {
  const dossier = await findDossier(ports.database, task.paymentId)
  const item = dossier?.items.find((one) => one.itemNo === task.itemNo)
  const settledAt = dossier?.payment.settledAt ?? null
  if (item === undefined || settledAt === null) return
  const { latestBy } = postingTimes(knownBiller(ports, item.billerId), settledAt, item)
  if (ports.now() > latestBy) ports.log({ level: 'alarm', event: 'posting-late', ...named(task) })
}

function named({ paymentId, kind, itemNo }: TaskKey): { paymentId: string; about: string } {
  return { paymentId, about: `${kind} ${itemNo}` }
}
