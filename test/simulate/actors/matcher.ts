import { dayBefore, reconcileDays, wantDay } from '../../../src/cloud/use-cases/reconcile-days'
import { dayOf, laterDay, momentOf } from '../calendar'
import { HOUR_MS, invoke, MINUTE_MS, pause, SECOND_MS, type Stage } from './stage'

/** Files are asked for from ten on, and of an evening nobody waits for them any more. */
const OPENS = '10:00'
const CLOSES = '20:00'

/** One of two who match the day before, from ten in the morning on, until all of it is done. */
export async function liveMatcher(stage: Stage, name: string, end: () => boolean): Promise<void> {
  const { chance, faults, scheduler } = stage
  await scheduler.sleepUntil(momentOf(laterDay(dayOf(scheduler.now()), 1), OPENS))
  for (let round = 0; !end(); round += 1) {
    const own = `${name}/${round}`
    await scheduler.sleepUntil(nextAt(scheduler.now()))
    const [least, most] = faults.isHealed() ? [40, 200] : [1, 40]
    await pause(stage, chance.between(`pause/${own}`, least, most) * MINUTE_MS)
    if (end()) return
    const clockOff = faults.inWorld(own, 'clock-off', 0.02)
      ? chance.pick(`off/${own}`, [-24, -1, 1, 24]) * HOUR_MS
      : 0
    await invoke(
      stage,
      own,
      async (ports) => {
        // At times an operator asks for a day by hand.
        if (chance.happens(`by-hand/${own}`, 0.05)) await wantDay(ports, dayBefore(ports.now()))
        await reconcileDays(ports, ports.now() + 45 * SECOND_MS)
      },
      clockOff,
    )
  }
}

/** Now, or when the next day's files can be there. */
function nextAt(now: number): number {
  const today = dayOf(now)
  if (now < momentOf(today, OPENS)) return momentOf(today, OPENS)
  return now < momentOf(today, CLOSES) ? now : momentOf(laterDay(today, 1), OPENS)
}
