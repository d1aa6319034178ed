import { useRef, useState } from 'react'
import { type CallState, stateAfter } from '../../../client/cloud/call-state'
import { keep, readKept } from '../../../client/cloud/kept-reply'
import type { UsedCall } from '../../../client/cloud/use-call'
import { askPayment } from '../../../client/payment/ask-payment'
import type { SheetReturn } from '../../../client/payment/open-sheet'
import { resumePayment } from '../../../client/payment/resume-payment'
import type { PaymentReply } from './payment-standing'
import { ASK_WECHAT_EVERY_MS, pollWait } from './poll-wait'
import { usePolling } from './use-polling'

/** The last payment looked at stays on the phone; older ones are asked for. */
const KEPT_AS = 'last'

export type UsedResult = {
  /** What is known, and why the last look brought nothing new; the page goes on looking. */
  call: UsedCall<'get-payment'>
  sheet: SheetReturn | undefined
  isBusy: boolean
  /** Looks now, at the server alone. */
  lookAgain: () => Promise<unknown>
  /** Looks now and has WeChat asked. */
  askNow: () => Promise<void>
  /** Opens WeChat's sheet again for the very same payment. */
  continuePaying: () => Promise<void>
}

/**
 * Watches a payment while its page is shown: WeChat is asked at once and every twelve seconds while
 * nothing is proved, the server in between. A look without an answer keeps the last known state.
 */
export function useResult(paymentId: string, firstSheet: SheetReturn | undefined): UsedResult {
  const [call, setCall] = useState(() => knownBefore(paymentId))
  const [sheet, setSheet] = useState(firstSheet)
  const [isBusy, setBusy] = useState(false)
  const openedAt = useRef(Date.now())
  const askedWeChatAt = useRef(0)
  const latest = useRef(call.reply)

  const look = async (returned: boolean): Promise<PaymentReply | undefined> => {
    if (returned) askedWeChatAt.current = Date.now()
    const answer = await askPayment(paymentId, { returned })
    setCall((before) => stateAfter(before, answer))
    if (answer.ok) {
      latest.current = answer.reply
      keepFacts(answer.reply)
    }
    return latest.current
  }
  usePolling(async () => {
    const seen = await look(Date.now() - askedWeChatAt.current >= ASK_WECHAT_EVERY_MS)
    return pollWait(seen, Date.now() - openedAt.current)
  })

  const busily = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  const continuePaying = async () => {
    const outcome = await resumePayment(paymentId)
    if (outcome.kind === 'refused') {
      setCall((before) => stateAfter(before, outcome.refusal))
      return
    }
    setSheet(outcome.sheet)
    await look(true)
  }
  const askNow = () => busily(() => look(true))
  return {
    call: { ...call, reload: askNow },
    sheet,
    isBusy,
    lookAgain: () => look(false),
    askNow,
    continuePaying: () => busily(continuePaying),
  }
}

/** What opens the sheet is not kept: a reopened page asks WeChat before it offers to continue. */
function keepFacts({ pay: _, ...reply }: PaymentReply): void {
  keep('get-payment', KEPT_AS, { reply, asOf: Date.now() })
}

function knownBefore(paymentId: string): CallState<'get-payment'> {
  const kept = readKept('get-payment', KEPT_AS)
  return kept?.reply.paymentId === paymentId ? { state: 'stale', ...kept } : { state: 'loading' }
}
