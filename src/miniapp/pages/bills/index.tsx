import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { Service } from '../../../contract/scalars'
import { useCall } from '../../client/cloud/use-call'
import { usePages } from '../../client/cloud/use-pages'
import { usePullToRefresh } from '../../client/cloud/use-pull-to-refresh'
import { useTabNames } from '../../client/i18n/use-tab-names'
import { useTitle } from '../../client/i18n/use-title'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { refusalOf } from '../../client/refusals'
import { BILLS_WORDS } from '../../client/words/bills'
import { SHELL_WORDS } from '../../client/words/shell'
import { Empty } from '../../ui/empty'
import { Failure } from '../../ui/failure'
import { Link } from '../../ui/link'
import { Page } from '../../ui/page'
import { Skeleton } from '../../ui/skeleton'
import { type BillFilter, Filters } from './filters'
import { Month } from './month'
import { monthGroups } from './month-groups'

/** All bills by month, twenty at a time. */
export default function Bills() {
  const modes = useModes()
  const words = useWords(BILLS_WORDS)
  const shell = useWords(SHELL_WORDS)
  useTitle(words.title)
  useTabNames()
  const [filter, setFilter] = useState<BillFilter>({
    household: 'all',
    service: 'all',
    state: 'all',
  })
  const accounts = useCall('list-accounts', {}, { keep: 'home' })
  const bills = usePages('list-bills', {
    ...(filter.household === 'all' ? {} : { household: filter.household }),
    ...(filter.service === 'all' ? {} : { service: filter.service as Service }),
    ...(filter.state === 'all' ? {} : { state: filter.state }),
  })
  usePullToRefresh(bills.reload)
  const households = [...new Set((accounts.reply?.accounts ?? []).map((one) => one.household))]
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
      <Filters households={households} filter={filter} onFilter={setFilter} />
      {bills.hasNewer ? (
        <View className="links">
          <Link text={words.newest} onTap={() => void bills.reload()} />
        </View>
      ) : null}
      {monthGroups(bills.rows).map((group) => (
        <Month key={group.month} group={group} />
      ))}
      {list()}
    </Page>
  )

  function list() {
    if (bills.refusal !== undefined) {
      const { sentence } = refusalOf('list-bills', bills.refusal.reason)
      return (
        <Failure
          sentence={sentence({ ...bills.refusal.details })[modes.language]}
          retry={{ text: shell.retry, onTap: () => void bills.reload() }}
        />
      )
    }
    if (bills.isLoading && bills.rows.length === 0) {
      return <Skeleton rows={3} label={shell.loading} />
    }
    if (bills.rows.length === 0) return <View className="sub">{words.noneHere}</View>
    return <View className="cap centred">{bills.hasMore ? words.more : words.end}</View>
  }
}
