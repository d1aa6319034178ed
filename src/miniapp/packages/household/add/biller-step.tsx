import { View } from '@tarojs/components'
import { useState } from 'react'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { ADD_WORDS } from '../../../client/words/add'
import { AccountRow } from '../../../ui/account-row'
import { TextField } from '../../../ui/text-field'
import { findBillers, ownCitiesFirst } from './find-billers'
import type { UsedAddAccount } from './use-add-account'

/** Which company: found by city or name, one's own cities first. */
export function BillerStep({ add }: { add: UsedAddAccount }) {
  const { language } = useModes()
  const words = useWords(ADD_WORDS)
  const [typed, setTyped] = useState('')
  const { reply } = add.billers
  if (reply === undefined) return <Unanswered name="list-billers" call={add.billers} />
  const own = add.accounts.map(({ billerId }) => billerId)
  const cities = findBillers(ownCitiesFirst(reply.cities, own), typed)
  return (
    <>
      <View>
        <View className="ttl">{words.whichBiller}</View>
        <View className="sub">{words.whichBillerHint}</View>
      </View>
      <TextField value={typed} label={words.search} onType={setTyped} />
      {cities.length === 0 ? <View className="sub">{words.noBiller(typed)}</View> : null}
      {cities.map((city) => (
        <View key={city.id} className="card flush">
          <View className="hh">
            <View className="ttl">{city.names[language]}</View>
          </View>
          {city.billers.map((biller) => (
            <AccountRow
              key={biller.id}
              service={biller.service}
              name={biller.names[language]}
              note={words.services[biller.service]}
              onTap={() => add.choose({ biller, city: city.names })}
            />
          ))}
        </View>
      ))}
    </>
  )
}
