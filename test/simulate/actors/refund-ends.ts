import { takeRefundNotice } from '../../../src/cloud/use-cases/take-refund-notice'
import type { RefundFact } from '../../../src/cloud/wechat/refund'
import { payAgain } from './phone'
import { invoke, MINUTE_MS, pause, type Stage, underWay } from './stage'

/** WeChat gives money back in its own time; its notice may be lost like any other. */
export function endRefund(stage: Stage, refundNumber: string): void {
  const { faults, books } = stage
  const fact = books.weChat.endRefund(refundNumber)
  if (fact === undefined) return
  if (fact.state === 'done')
    void underWay(stage, `again/${refundNumber}`, () => payAgain(stage, fact))
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
