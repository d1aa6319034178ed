import type { Clock } from '../clock'
import type { FaultControl } from './faults'
import type { SimulatedOrder } from './orders'
import type { PlatformKey } from './settings'
import { answerHeaders, envelope } from './sign-answer'
import { rfc3339, transactionOf } from './transaction'

/** Seconds between the tries of one notice: 15 repeats in about 24 hours. */
export const REPEAT_AFTER_SECONDS = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
]

export type SentNotice = {
  at: number
  order: string
  attempt: number
  status: number | 'no answer' | 'lost'
}

type Waiting = { order: SimulatedOrder; body: string; attempt: number }

/** Sends notices of paid orders, repeats what was not answered with 200 or 204, and keeps a record. */
export function createNotices(settings: {
  clock: Clock
  faults: FaultControl
  key: () => PlatformKey
}) {
  const { clock, faults, key } = settings
  const sent: SentNotice[] = []
  const underWay = new Set<Promise<void>>()

  const post = async (one: Waiting, spoil = false): Promise<number | 'no answer'> => {
    try {
      const response = await fetch(one.order.notifyUrl, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...answerHeaders(key(), one.body, clock.now(), spoil),
        },
        body: one.body,
        signal: AbortSignal.timeout(5_000),
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      return 'no answer'
    }
  }
  const deliver = async (one: Waiting): Promise<void> => {
    const status = faults.happens('noticeLost') ? ('lost' as const) : await post(one)
    sent.push({ at: clock.now(), order: one.order.number, attempt: one.attempt, status })
    if (status === 200 || status === 204) return
    const wait = REPEAT_AFTER_SECONDS[one.attempt - 1]
    if (wait !== undefined)
      clock.after(wait * 1000, () => start({ ...one, attempt: one.attempt + 1 }))
  }
  const start = (one: Waiting): void => {
    const work = deliver(one).finally(() => underWay.delete(work))
    underWay.add(work)
  }
  const waiting: Waiting[] = []
  const flush = (): void => {
    const batch = waiting.splice(0)
    if (faults.happens('noticeReordered')) batch.reverse()
    for (const one of batch) start(one)
  }
  return {
    sent: () => sent as readonly SentNotice[],
    announce: (order: SimulatedOrder): void => {
      const body = JSON.stringify(
        envelope(transactionOf(order), order.merchant.apiV3Key, rfc3339(clock.now())),
      )
      const first = { order, body, attempt: 1 }
      waiting.push(first)
      clock.after(faults.happens('noticeLate') ? 60_000 : 50, flush)
      if (faults.happens('noticeDoubled')) clock.after(1_000, () => start(first))
    },
    /** A deliberately wrong signature; the right answer is a refusal. */
    probe: (order: SimulatedOrder): Promise<number | 'no answer'> => {
      const body = JSON.stringify(
        envelope(transactionOf(order), order.merchant.apiV3Key, rfc3339(clock.now())),
      )
      return post({ order, body, attempt: 1 }, true)
    },
    /** Until every notice under way is answered. */
    settled: async (): Promise<void> => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
