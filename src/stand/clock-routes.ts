import { dateOf } from '../core/time'
import { type StandRoute, sendJson } from './routes'
import type { StandClock } from './stand-clock'

const DAY_MS = 86_400_000

/** The city's time, and how a visitor moves it on: by so long, or to a time of day. */
export function clockRoutes(clock: StandClock, tick: () => Promise<void>): StandRoute[] {
  return [
    {
      method: 'POST',
      path: '/stand/clock',
      answer: async ({ body }, response) => {
        const { forward, to } = JSON.parse(body) as { forward?: number; to?: string }
        clock.forward(forward ?? untilTime(clock.now(), to ?? '00:00'))
        // What is due now need not wait for its timer.
        await tick()
        sendJson(response, { now: clock.now() })
      },
    },
  ]
}

/** How long until it is so late in Asia/Shanghai, today or tomorrow. */
function untilTime(now: number, time: string): number {
  const today = Date.parse(`${dateOf(now)}T${time}:00+08:00`)
  return today > now ? today - now : today + DAY_MS - now
}
