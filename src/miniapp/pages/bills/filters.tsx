import { View } from '@tarojs/components'
import type { BoundAccount } from '../../../contract/list-accounts'
import type { Service } from '../../../contract/scalars'
import { useWords } from '../../client/i18n/use-words'
import { BILLS_WORDS } from '../../client/words/bills'
import { Chips } from '../../ui/chips'
import { allBills, type BillFilter } from './bill-filter'

const SERVICES: readonly Service[] = ['water', 'electricity', 'gas']
const STATES = ['all', 'due', 'paid'] as const

/**
 * Which bills are shown; households only where there is more than one. Where one account was asked
 * for, its chip stands instead, and a tap on it shows all again.
 */
export function Filters({
  accounts,
  filter,
  onFilter,
}: {
  accounts: readonly BoundAccount[]
  filter: BillFilter
  onFilter: (filter: BillFilter) => void
}) {
  const words = useWords(BILLS_WORDS)
  const all = { value: 'all', text: words.all } as const
  const states = (
    <Chips
      options={STATES.map((state) => ({ value: state, text: words.states[state] }))}
      chosen={filter.state}
      onChoose={(state) => onFilter({ ...filter, state })}
    />
  )
  if (filter.account !== undefined) {
    const account = accounts.find(({ accountId }) => accountId === filter.account)
    const name =
      account === undefined ? words.oneAccount : words.name(account.household, account.label)
    return (
      <View className="filters">
        <View className="chips">
          <View
            className="chip on"
            ariaRole="button"
            ariaLabel={words.showAll(name)}
            onClick={() => onFilter(allBills())}
          >
            {words.only(name)}
          </View>
        </View>
        {states}
      </View>
    )
  }
  const households = [...new Set(accounts.map((one) => one.household))]
  return (
    <View className="filters">
      {households.length < 2 ? null : (
        <Chips
          options={[all, ...households.map((name) => ({ value: name, text: name }))]}
          chosen={filter.household}
          onChoose={(household) => onFilter({ ...filter, household })}
        />
      )}
      <Chips
        options={[
          all,
          ...SERVICES.map((service) => ({ value: service, text: words.services[service] })),
        ]}
        chosen={filter.service}
        onChoose={(service) => onFilter({ ...filter, service })}
      />
      {states}
    </View>
  )
}
