import type { Clock } from '../clock'
import type { FaultControl } from './faults'
import type { SimulatedOrder, SimulatedRefund } from './orders'
import type { PlatformKey } from './settings'
import { answerHeaders, envelope } from './sign-answer'
import { rfc3339, transactionOf } from './transaction'

/** Seconds between the tries of one notice: 15 repeats in about 24 hours. */
export const REPEAT_AFTER_SECONDS = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
]

/** Notices of this moment go out together. */
const GATHER_MS = 50
const LATE_MS = 60_000

export type SentNotice = {
  at: number
  order: string
  /** 0 for a signature probe. */
  attempt: number
  status: number | 'no answer' | 'lost'
}

type Waiting = { number: string; notifyUrl: string; body: string; attempt: number }

/** Sends notices of paid orders and of refunds, repeats what was not answered with 200 or 204, and keeps a record. */
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
      const response = await fetch(one.notifyUrl, {
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
    sent.push({ at: clock.now(), order: one.number, attempt: one.attempt, status })
    if (status === 200 || status === 204) return
    const wait = REPEAT_AFTER_SECONDS[one.attempt - 1]
    if (wait !== undefined)
      clock.after(wait * 1000, () => start({ ...one, attempt: one.attempt + 1 }))
  }
  const track = (delivery: Promise<void>): void => {
    const work = delivery.finally(() => underWay.delete(work))
    underWay.add(work)
  }
  const start = (one: Waiting): void => track(deliver(one))
  const waiting: Waiting[] = []
  const flush = (): void => {
    const batch = waiting.splice(0)
    if (faults.happens('noticeReordered')) batch.reverse()
    for (const one of batch) start(one)
  }
  const queue = (one: Waiting): void => {
    waiting.push(one)
    clock.after(GATHER_MS, flush)
  }
  /** A deliberately wrong signature; the right answer is a refusal. */
  const probe = async (one: Waiting): Promise<void> => {
    const status = await post(one, true)
    sent.push({ at: clock.now(), order: one.number, attempt: 0, status })
  }
  return {
    sent: () => sent as readonly SentNotice[],
    announce: (order: SimulatedOrder): void => {
      const { number, notifyUrl } = order
      const body = envelope(transactionOf(order), order.merchant.apiV3Key, rfc3339(clock.now()))
      const first = { number, notifyUrl, body: JSON.stringify(body), attempt: 1 }
      if (faults.happens('noticeProbed')) track(probe(first))
      if (faults.happens('noticeLate')) clock.after(LATE_MS, () => queue(first))
      else queue(first)
      if (faults.happens('noticeDoubled')) clock.after(1_000, () => start(first))
    },
    /** A refund came to its end. */
    announceRefund: (refund: SimulatedRefund, plain: object, apiV3Key: string): void => {
      const body = envelope(plain, apiV3Key, rfc3339(clock.now()), `REFUND.${refund.end}`)
      const { number, notifyUrl } = refund
      queue({ number, notifyUrl, body: JSON.stringify(body), attempt: 1 })
    },
    /** Until every notice under way is answered. */
    settled: async (): Promise<void> => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
