import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import type { DateText } from '../../../core/time'
import type { HOME_WORDS } from '../../client/words/home'
import { AccountRow } from '../../ui/account-row'
import { Windows } from '../../ui/windows'
import { accountRows } from './account-rows'
import type { HomeSummary } from './home-summary'

/** A household with its accounts; a window is lit where nothing is to be paid. */
export function Household({
  household,
  language,
  words,
  today,
}: {
  household: HomeSummary['households'][number]
  language: 'zh' | 'en'
  words: (typeof HOME_WORDS)['zh']
  today: DateText
}) {
  const lit = household.lit.filter(Boolean).length
  return (
    <View className="card flush">
      <View className="hh">
        <Windows lit={household.lit} label={words.windows(household.lit.length, lit)} />
        <View className="ttl">{household.name}</View>
        <View className="sub">{words.count(household.due)}</View>
      </View>
      {household.accounts.flatMap((account) =>
        accountRows(account, language, words, today).map(({ key, accountId, billId, ...row }) => (
          <AccountRow
            key={key}
            {...row}
            onTap={() => void Taro.navigateTo({ url: pageOf(accountId, billId) })}
          />
        )),
      )}
    </View>
  )
}

function pageOf(accountId: string, billId: string | undefined): string {
  return billId === undefined
    ? `/packages/household/account/index?account=${accountId}`
    : `/packages/bill/bill/index?account=${accountId}&bill=${billId}`
}
