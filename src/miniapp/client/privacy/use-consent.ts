import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refused } from '../cloud/call'
import { hasConsent, recordConsent } from './consent'
import { isPrivacyAsked, settlePrivacy, watchPrivacy } from './privacy-gate'

export type UsedConsent = {
  /** The sheet that asks is to be shown. */
  isAsked: boolean
  isBusy: boolean
  /** Why consent could not be recorded. */
  refusal: Refused<'save-me'> | undefined
  /** Runs `action` at once when there is consent, else after it was given. */
  withConsent: (action: () => void) => void
  agree: () => Promise<void>
  decline: () => void
}

/**
 * Asks for consent before the first look-up or payment, and when the platform's privacy gate wants
 * it. Declining leaves the page as it was.
 */
export function useConsent(): UsedConsent {
  const [isAsked, setAsked] = useState(isPrivacyAsked)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused<'save-me'>>()
  const afterwards = useRef<() => void>()

  const [isInFront, setInFront] = useState(true)
  useDidShow(() => setInFront(true))
  useDidHide(() => setInFront(false))
  useEffect(
    () => (isInFront ? watchPrivacy(() => setAsked(isPrivacyAsked())) : undefined),
    [isInFront],
  )

  const withConsent = useCallback((action: () => void) => {
    if (hasConsent()) return action()
    afterwards.current = action
    setAsked(true)
  }, [])

  const agree = useCallback(async () => {
    setBusy(true)
    const answer = await recordConsent()
    setBusy(false)
    setRefusal(answer.ok ? undefined : answer)
    if (!answer.ok) return
    const action = afterwards.current
    afterwards.current = undefined
    settlePrivacy('agree')
    setAsked(false)
    action?.()
  }, [])

  const decline = useCallback(() => {
    afterwards.current = undefined
    setRefusal(undefined)
    settlePrivacy('disagree')
    setAsked(false)
  }, [])

  return { isAsked, isBusy, refusal, withConsent, agree, decline }
}
