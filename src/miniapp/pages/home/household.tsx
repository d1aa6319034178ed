import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { AccountRow } from '../../ui/account-row'
import { Windows } from '../../ui/windows'
import { accountRows, type RowSpeech } from './account-rows'
import type { HomeSummary } from './home-summary'

/** A household with its accounts; a window is lit where nothing is to be paid. */
export function Household({
  household,
  speech,
}: {
  household: HomeSummary['households'][number]
  speech: RowSpeech
}) {
  const { words } = speech
  const { name, due, lit } = household
  const bright = lit.filter(Boolean).length
  const state =
    due > 0 ? words.count(due) : bright === lit.length ? words.cleared : words.nothingNow
  return (
    <View className="card flush">
      <View className="hh">
        <Windows lit={lit} label={words.windows(lit.length, bright)} />
        <View className="ttl">{name}</View>
        <View className="sub">{state}</View>
      </View>
      {household.accounts.flatMap((account) =>
        accountRows(account, speech).map(({ key, accountId, billId, ...row }) => (
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
