import Taro, { useRouter } from '@tarojs/taro'
import { useRef } from 'react'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { ConsentSheet } from '../../../client/privacy/consent-sheet'
import { ADD_WORDS } from '../../../client/words/add'
import { Page } from '../../../ui/page'
import { Steps } from '../../../ui/steps'
import { AnswerFoot, AnswerStep } from './answer-step'
import { BillerStep } from './biller-step'
import { NameStep } from './name-step'
import { NumberFoot, NumberStep } from './number-step'
import { useAddAccount } from './use-add-account'

const STEP = { biller: 1, number: 2, answer: 3, name: 3 }

/** Adds a household account: whose, which number, an answer, a name. */
export default function AddAccount() {
  const modes = useModes()
  const words = useWords(ADD_WORDS)
  useTitle(words.title)
  const add = useAddAccount()
  const scanFirst = useRef(useRouter().params.scan === '1')
  const at = STEP[add.step]
  const foot =
    add.step === 'number' ? (
      <NumberFoot add={add} />
    ) : add.step === 'answer' ? (
      <AnswerFoot add={add} />
    ) : undefined
  return (
    <Page modes={modes} foot={foot} over={<ConsentSheet consent={add.consent} />}>
      <Steps at={at} of={3} label={words.step(at)} />
      {add.step === 'biller' ? <BillerStep add={add} /> : null}
      {add.step === 'number' ? <NumberStep add={add} scanFirst={scanFirst} /> : null}
      {add.step === 'answer' ? <AnswerStep add={add} /> : null}
      {add.step === 'name' ? (
        <NameStep add={add} onSaved={() => void Taro.switchTab({ url: '/pages/home/index' })} />
      ) : null}
    </Page>
  )
}
