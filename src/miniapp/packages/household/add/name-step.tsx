import { View } from '@tarojs/components'
import { useState } from 'react'
import { groupDigits } from '../../../../core/masking'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { ADD_WORDS } from '../../../client/words/add'
import { Button } from '../../../ui/button'
import { Chips } from '../../../ui/chips'
import { KeyValue } from '../../../ui/key-value'
import { Notice } from '../../../ui/notice'
import { TextField } from '../../../ui/text-field'
import { Tile } from '../../../ui/tile'
import { firstNames, householdChoices } from './first-names'
import type { ChosenBiller, FoundAccount, UsedAddAccount } from './use-add-account'

const LONGEST_NAME = 12

/** What was found, masked, and what to call it. */
export function NameStep({ add, onSaved }: { add: UsedAddAccount; onSaved: () => void }) {
  const { found, chosen } = add
  if (found === undefined || chosen === undefined) return null
  return (
    <>
      <Found found={found} chosen={chosen} />
      <Names add={add} found={found} onSaved={onSaved} />
    </>
  )
}

function Found({ found, chosen }: { found: FoundAccount; chosen: ChosenBiller }) {
  const { language } = useModes()
  const words = useWords(ADD_WORDS)
  return (
    <>
      <View className="card">
        <View className="rowline">
          <Tile service={found.service} />
          <View className="grow">
            <View className="h3">{words.foundTitle}</View>
            <View className="sub">{chosen.biller.names[language]}</View>
          </View>
        </View>
        <View className="hr" />
        <KeyValue
          rows={[
            { name: words.numberLabel, value: groupDigits(found.accountNumber) },
            { name: words.holder, value: found.holder },
            { name: words.address, value: found.address },
          ]}
        />
      </View>
      {found.boundAs === undefined ? null : (
        <Notice kind="plain" text={words.alreadyBound(found.boundAs)} />
      )}
    </>
  )
}

function Names({
  add,
  found,
  onSaved,
}: {
  add: UsedAddAccount
  found: FoundAccount
  onSaved: () => void
}) {
  const { language } = useModes()
  const words = useWords(ADD_WORDS)
  const [typed, setTyped] = useState<{ household?: string; label?: string }>({})
  const { household, label } = { ...firstNames(found, add.accounts, words), ...typed }
  const names = { household: household.trim(), label: label.trim() }
  const isTooLong = [names.household, names.label].some((name) => name.length > LONGEST_NAME)
  const isReady = names.household !== '' && names.label !== '' && !isTooLong
  const save = async () => {
    if (await add.bind(names)) onSaved()
  }
  const setHousehold = (name: string) => setTyped({ ...typed, household: name })
  return (
    <>
      <View className="h3">{words.whoseHousehold}</View>
      <Chips
        options={householdChoices(add.accounts, words.households).map((name) => ({
          value: name,
          text: name,
        }))}
        chosen={household}
        onChoose={setHousehold}
      />
      <TextField value={household} label={words.otherHousehold} onType={setHousehold} />
      <View className="h3">{words.labelTitle}</View>
      <TextField
        value={label}
        label={words.labelTitle}
        onType={(text) => setTyped({ ...typed, label: text })}
      />
      {isTooLong ? <Notice kind="late" text={words.nameTooLong} /> : null}
      {add.refusal === undefined ? null : (
        <Notice
          kind="late"
          text={
            refusalOf('bind-account', add.refusal.reason as 'not-looked-up').sentence({
              ...add.refusal.details,
            })[language]
          }
        />
      )}
      <Button
        text={add.isBusy ? words.saving : words.save}
        busy={add.isBusy}
        off={!isReady}
        onTap={() => void save()}
      />
    </>
  )
}
