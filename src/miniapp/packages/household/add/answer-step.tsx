import { View } from '@tarojs/components'
import type { PublicBiller } from '../../../../contract/list-billers'
import { groupDigits } from '../../../../core/masking'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { ADD_WORDS } from '../../../client/words/add'
import { Button } from '../../../ui/button'
import { Link } from '../../../ui/link'
import { Notice } from '../../../ui/notice'
import { TextField } from '../../../ui/text-field'
import type { UsedAddAccount } from './use-add-account'

type AddWords = (typeof ADD_WORDS)['zh']

const QUESTION: Record<PublicBiller['challenge'], (words: AddWords) => [string, string]> = {
  'name-last-character': (words) => [words.askLastCharacter, words.hintLastCharacter],
  'address-part': (words) => [words.askAddressPart, words.hintAddressPart],
  'last-amount': (words) => [words.askLastAmount, words.hintLastAmount],
}

/** One question about the holder; nothing of the holder is shown before it is answered. */
export function AnswerStep({ add }: { add: UsedAddAccount }) {
  const { language } = useModes()
  const words = useWords(ADD_WORDS)
  if (add.chosen === undefined) return null
  const { biller } = add.chosen
  const [question, hint] = QUESTION[biller.challenge](words)
  const name = biller.names[language]
  return (
    <>
      <View className="spread">
        <View className="sub">{`${name} · ${words.accountNumber(groupDigits(add.number))}`}</View>
        <Link text={words.changeNumber} onTap={() => add.goTo('number')} />
      </View>
      <View>
        <View className="ttl">{question}</View>
        <View className="sub">{hint}</View>
      </View>
      <View className="boxes">
        {biller.challenge === 'name-last-character' ? (
          <View className="boxes" ariaLabel={words.hiddenBefore}>
            <View className="blank" />
            <View className="blank" />
          </View>
        ) : null}
        <View className={biller.challenge === 'name-last-character' ? 'one' : 'grow'}>
          <TextField value={add.answer} label={words.answerLabel} onType={add.typeAnswer} />
        </View>
        {biller.challenge === 'last-amount' ? <View>{words.yuan}</View> : null}
      </View>
      {add.refusal === undefined ? null : (
        <Notice
          kind="late"
          text={
            refusalOf('look-up-account', add.refusal.reason as 'no-match').sentence({
              ...add.refusal.details,
              biller: biller.names,
              hotline: biller.hotline,
            })[language]
          }
        />
      )}
      <Notice kind="plain" icon="lock" text={words.why} />
      <View className="sub">{words.callBiller(name, biller.hotline)}</View>
    </>
  )
}

/** Asks; a number of the wrong shape never gets here. */
export function AnswerFoot({ add }: { add: UsedAddAccount }) {
  const words = useWords(ADD_WORDS)
  return (
    <Button
      text={add.isBusy ? words.asking : words.confirm}
      busy={add.isBusy}
      off={add.answer.trim() === ''}
      onTap={add.lookUp}
    />
  )
}
