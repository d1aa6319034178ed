import { useRef, useState } from 'react'
import type { Instant } from '../../../../core/time'
import type { Refused } from '../../../client/cloud/call'
import { type KeptReply, keep, readKept } from '../../../client/cloud/kept-reply'
import { askPayment } from '../../../client/payment/ask-payment'
import type { SheetReturn } from '../../../client/payment/open-sheet'
import { resumePayment } from '../../../client/payment/resume-payment'
import { type PaymentReply, paymentStanding } from './payment-standing'
import { ASK_WECHAT_EVERY_MS, pollWait } from './poll-wait'
import { usePolling } from './use-polling'

/** The last payment looked at stays on the phone; older ones are asked for. */
const KEPT_AS = 'last'

type Known = KeptReply<'get-payment'>
export type ResultRefusal = Refused<'get-payment'>

export type UsedResult = {
  reply: PaymentReply | undefined
  asOf: Instant | undefined
  sheet: SheetReturn | undefined
  /** Why the last look brought nothing new; the page goes on looking. */
  refusal: ResultRefusal | undefined
  isBusy: boolean
  /** Looks now and has WeChat asked. */
  askNow: () => Promise<void>
  /** Opens WeChat's sheet again for the very same payment. */
  continuePaying: () => Promise<void>
}

/**
 * Watches a payment while its page is shown: WeChat is asked at once and every twelve seconds while
 * nothing is proved, the server in between. A look without network keeps the last known state.
 */
export function useResult(paymentId: string, firstSheet: SheetReturn | undefined): UsedResult {
  const [known, setKnown] = useState(() => knownBefore(paymentId))
  const [refusal, setRefusal] = useState<ResultRefusal>()
  const [sheet, setSheet] = useState(firstSheet)
  const [isBusy, setBusy] = useState(false)
  const openedAt = useRef(Date.now())
  const askedWeChatAt = useRef(0)

  const look = async (returned: boolean): Promise<Known | undefined> => {
    if (returned) askedWeChatAt.current = Date.now()
    const answer = await askPayment(paymentId, { returned })
    setRefusal(answer.ok ? undefined : answer)
    if (!answer.ok) return known
    const next = { reply: answer.reply, asOf: Date.now() }
    keep('get-payment', KEPT_AS, next)
    setKnown(next)
    return next
  }
  usePolling(async () => {
    const seen = await look(Date.now() - askedWeChatAt.current >= ASK_WECHAT_EVERY_MS)
    const standing = seen === undefined ? 'waiting' : paymentStanding(seen.reply, sheet)
    return pollWait(standing, Date.now() - openedAt.current)
  })

  const busily = async (work: () => Promise<unknown>) => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  const continuePaying = async () => {
    const outcome = await resumePayment(paymentId)
    if (outcome.kind === 'refused') return setRefusal(outcome.refusal)
    setSheet(outcome.sheet)
    await look(true)
  }
  return {
    reply: known?.reply,
    asOf: known?.asOf,
    sheet,
    refusal,
    isBusy,
    askNow: () => busily(() => look(true)),
    continuePaying: () => busily(continuePaying),
  }
}

function knownBefore(paymentId: string): Known | undefined {
  const kept = readKept('get-payment', KEPT_AS)
  return kept?.reply.paymentId === paymentId ? kept : undefined
}
