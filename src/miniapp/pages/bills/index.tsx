import { View } from '@tarojs/components'
import Taro, { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { takeAskedAccount } from '../../client/bills-of-account'
import { ListEnd } from '../../client/cloud/list-end'
import { OldData } from '../../client/cloud/old-data'
import { Unanswered } from '../../client/cloud/unanswered'
import { useCall } from '../../client/cloud/use-call'
import { usePages } from '../../client/cloud/use-pages'
import { usePullToRefresh } from '../../client/cloud/use-pull-to-refresh'
import { useTabNames } from '../../client/i18n/use-tab-names'
import { useTitle } from '../../client/i18n/use-title'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { BILLS_WORDS } from '../../client/words/bills'
import { Empty } from '../../ui/empty'
import { Link } from '../../ui/link'
import { Page } from '../../ui/page'
import { allBills, billsRequest } from './bill-filter'
import { Filters } from './filters'
import { Month } from './month'
import { monthGroups } from './month-groups'

/** All bills by month, twenty at a time; or those of the account that was asked for elsewhere. */
export default function Bills() {
  const modes = useModes()
  const words = useWords(BILLS_WORDS)
  useTitle(words.title)
  useTabNames()
  const [filter, setFilter] = useState(() => allBills(takeAskedAccount()))
  useDidShow(() => {
    const account = takeAskedAccount()
    if (account !== undefined) setFilter(allBills(account))
  })
  const accounts = useCall('list-accounts', {}, { keep: 'home' })
  const bills = usePages('list-bills', billsRequest(filter))
  usePullToRefresh(bills.reload)
  if (accounts.reply?.accounts.length === 0) {
    return (
      <Page modes={modes}>
        <Empty
          title={words.noneTitle}
          text={words.none}
          button={{
            text: words.add,
            onTap: () => void Taro.navigateTo({ url: '/packages/household/add/index' }),
          }}
        />
      </Page>
    )
  }
  return (
    <Page modes={modes}>
      <Filters accounts={accounts.reply?.accounts ?? []} filter={filter} onFilter={setFilter} />
      <OldData call={bills} />
      {bills.hasNewer ? (
        <View className="links">
          <Link text={words.newest} onTap={() => void bills.reload()} />
        </View>
      ) : null}
      {monthGroups(bills.pages).map((group) => (
        <Month key={group.month} group={group} />
      ))}
      {bills.reply === undefined ? (
        <Unanswered name="list-bills" call={bills} rows={3} />
      ) : bills.rows.length === 0 ? (
        <View className="sub">{words.noneHere}</View>
      ) : (
        <ListEnd name="list-bills" list={bills} words={words} />
      )}
    </Page>
  )
}
