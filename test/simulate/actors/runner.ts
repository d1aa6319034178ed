import { askUnknownPayments } from '../../../src/cloud/use-cases/ask-unknown-payments'
import { runDueTasks } from '../../../src/cloud/use-cases/run-tasks'
import { takeRefundNotice } from '../../../src/cloud/use-cases/take-refund-notice'
import type { RefundFact } from '../../../src/cloud/wechat/refund'
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
    for (const number of stage.books.weChat.refundsUnderWay()) endRefund(stage, number, own)
    const [least, most] = faults.isHealed() ? [20, 120] : [1, 5]
    await pause(stage, chance.between(`pause/${own}`, least, most) * MINUTE_MS)
  }
}

/** WeChat gives money back in its own time; its notice may be lost like any other. */
function endRefund(stage: Stage, refundNumber: string, own: string): void {
  const { chance, faults, books } = stage
  if (!chance.happens(`refund-ends/${own}/${refundNumber}`, 0.4)) return
  const fact = books.weChat.endRefund(refundNumber)
  if (fact === undefined) return
  if (faults.inWorld(refundNumber, 'notice-lost', 0.3)) books.silent.add(refundNumber)
  else void sendNotice(stage, fact)
}

/** WeChat repeats what is not taken. */
async function sendNotice(stage: Stage, fact: RefundFact): Promise<void> {
  for (const [time, minutes] of [0, 1, 10, 30].entries()) {
    await pause(stage, minutes * MINUTE_MS)
    const taken = await invoke(stage, `refund-notice/${fact.refundNumber}/${time}`, (ports) =>
      takeRefundNotice(ports, fact),
    )
    if (taken?.isTaken === true) return
  }
  stage.books.silent.add(fact.refundNumber)
}
