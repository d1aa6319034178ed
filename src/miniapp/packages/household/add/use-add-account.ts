import { useState } from 'react'
import type { ReplyOf } from '../../../../contract/call'
import type { BoundAccount } from '../../../../contract/list-accounts'
import type { PublicBiller } from '../../../../contract/list-billers'
import type { lookUpAccount } from '../../../../contract/look-up-account'
import type { Names } from '../../../../contract/scalars'
import { checkAccountNumber } from '../../../../core/account-number'
import { callCloud, type Refused } from '../../../client/cloud/call'
import { type UsedCall, useCall } from '../../../client/cloud/use-call'
import { type UsedConsent, useConsent } from '../../../client/privacy/use-consent'

export type ChosenBiller = { biller: PublicBiller; city: Names }
export type FoundAccount = ReplyOf<typeof lookUpAccount>
export type AddStep = 'biller' | 'number' | 'answer' | 'name'

export type UsedAddAccount = {
  step: AddStep
  billers: UsedCall<'list-billers'>
  /** What the resident has already. */
  accounts: readonly BoundAccount[]
  consent: UsedConsent
  chosen: ChosenBiller | undefined
  number: string
  answer: string
  found: FoundAccount | undefined
  refusal: Refused<'look-up-account'> | Refused<'bind-account'> | undefined
  isBusy: boolean
  choose: (chosen: ChosenBiller) => void
  typeNumber: (text: string) => void
  typeAnswer: (text: string) => void
  /** To an earlier step; what was typed stays. */
  goTo: (step: AddStep) => void
  lookUp: () => void
  /** Saves the link; gives true when that was done. */
  bind: (names: { label: string; household: string }) => Promise<boolean>
}

/**
 * Adds an account in steps: whose, which number, an answer that proves one knows the holder, and
 * what to call it. Nothing of the holder reaches the phone before the answer is right.
 */
export function useAddAccount(): UsedAddAccount {
  const billers = useCall('list-billers', {}, { keep: 'all' })
  const accounts = useCall('list-accounts', {}, { keep: 'home' }).reply?.accounts ?? []
  const consent = useConsent()
  const [step, setStep] = useState<AddStep>('biller')
  const [chosen, setChosen] = useState<ChosenBiller>()
  const [number, setNumber] = useState('')
  const [answer, setAnswer] = useState('')
  const [found, setFound] = useState<FoundAccount>()
  const [refusal, setRefusal] = useState<UsedAddAccount['refusal']>()
  const [isBusy, setBusy] = useState(false)

  const goTo = (next: AddStep) => {
    setRefusal(undefined)
    setStep(next)
  }
  const ask = async (biller: PublicBiller) => {
    setBusy(true)
    const looked = await callCloud('look-up-account', {
      billerId: biller.id,
      accountNumber: number,
      answer,
    })
    setBusy(false)
    setRefusal(looked.ok ? undefined : looked)
    if (!looked.ok) return setAnswer('')
    setFound(looked.reply)
    setStep('name')
  }
  const bind = async (names: { label: string; household: string }) => {
    if (found === undefined) return false
    setBusy(true)
    const bound = await callCloud('bind-account', { accountId: found.accountId, ...names })
    setBusy(false)
    setRefusal(bound.ok ? undefined : bound)
    return bound.ok
  }
  return {
    step,
    billers,
    accounts,
    consent,
    chosen,
    number,
    answer,
    found,
    refusal,
    isBusy,
    choose: (next) => {
      if (next.biller.id !== chosen?.biller.id) setNumber('')
      setAnswer('')
      setChosen(next)
      goTo('number')
    },
    typeNumber: setNumber,
    typeAnswer: (text) => {
      setRefusal(undefined)
      setAnswer(text)
    },
    goTo,
    lookUp: () => {
      if (chosen !== undefined && !isBusy) consent.withConsent(() => void ask(chosen.biller))
    },
    bind,
  }
}

/** True when what was typed keeps the biller's rule. */
export function isRightNumber(chosen: ChosenBiller | undefined, number: string): boolean {
  return chosen !== undefined && checkAccountNumber(chosen.biller.accountNumber.rule, number).ok
}
