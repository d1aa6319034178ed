import { nextPostAt } from '../../core/waits'
import { BillerFault } from '../billers/biller-fault'
import {
  type ClaimedTask,
  claimTask,
  dueTasks,
  openTasksOf,
  postponeTask,
  type TaskKey,
} from '../postgres/outbox'
import { WeChatPayFault } from '../wechat/we-chat-pay-fault'
import type { Ports } from './ports'
import { postItem } from './post-item'
import { reportDelivery } from './report-delivery'

/** Longer than the longest call that a task makes, so that a lease ends only on a dead runner. */
const LEASE_MS = 60_000

/** Runs what is due in the outbox, each task claimed by its key; gives how many were run. */
export async function runDueTasks(ports: Ports, most: number): Promise<number> {
  const candidates = await dueTasks(ports.database, ports.now(), most)
  let run = 0
  for (const key of candidates) if (await runTask(ports, key)) run += 1
  return run
}

/** Runs the tasks of one payment at once, right after it was settled. */
export async function runTasksOf(ports: Ports, paymentId: string): Promise<void> {
  const keys = await openTasksOf(ports.database, paymentId)
  await Promise.all(keys.map((key) => runTask(ports, key)))
}

async function runTask(ports: Ports, key: TaskKey): Promise<boolean> {
  const task = await claimTask(ports.database, key, ports.now(), LEASE_MS)
  if (task === undefined) return false
  try {
    await work(ports, task)
  } catch (error) {
    if (!isNeighbourFault(error)) throw error
    await postponeTask(ports.database, task, nextPostAt(ports.now(), task.attempts))
  }
  return true
}

function work(ports: Ports, task: ClaimedTask): Promise<void> {
  return task.kind === 'post' ? postItem(ports, task) : reportDelivery(ports, task)
}

/** The neighbour's outcome is unknown: asked about again later, never taken as a no. */
function isNeighbourFault(error: unknown): boolean {
  return error instanceof BillerFault || error instanceof WeChatPayFault
}
