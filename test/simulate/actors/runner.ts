import { askUnknownPayments } from '../../../src/cloud/use-cases/ask-unknown-payments'
import { runDueTasks } from '../../../src/cloud/use-cases/run-tasks'
import { endRefund } from './refund-ends'
import { HOUR_MS, invoke, MINUTE_MS, pause, SECOND_MS, type Stage } from './stage'

/** One of two runners of the timers: what is due is done, what is unknown is asked. */
export async function liveRunner(stage: Stage, name: string, end: () => boolean): Promise<void> {
  const { chance, faults } = stage
  for (let round = 0; !end(); round += 1) {
    const own = `${name}/${round}`
    const clockOff = faults.inWorld(own, 'clock-off', 0.05)
      ? chance.pick(`off/${own}`, [-24, -1, 1, 24]) * HOUR_MS
      : 0
    await invoke(
      stage,
      own,
      async (ports) => {
        const until = ports.now() + 45 * SECOND_MS
        await runDueTasks(ports, until)
        await askUnknownPayments(ports, until)
      },
      clockOff,
    )
    for (const { asked } of stage.books.weChat.refundsUnderWay())
      if (chance.happens(`refund-ends/${own}/${asked.refundNumber}`, 0.4))
        endRefund(stage, asked.refundNumber)
    const [least, most] = faults.isHealed() ? [20, 120] : [1, 5]
    await pause(stage, chance.between(`pause/${own}`, least, most) * MINUTE_MS)
  }
}
