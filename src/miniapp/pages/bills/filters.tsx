import { View } from '@tarojs/components'
import type { Service } from '../../../contract/scalars'
import { useWords } from '../../client/i18n/use-words'
import { BILLS_WORDS } from '../../client/words/bills'
import { Chips } from '../../ui/chips'

export type BillFilter = {
  household: string
  service: Service | 'all'
  state: 'all' | 'due' | 'paid'
}

const SERVICES: readonly Service[] = ['water', 'electricity', 'gas']
const STATES = ['all', 'due', 'paid'] as const

/** Which bills are shown; households only where there is more than one. */
export function Filters({
  households,
  filter,
  onFilter,
}: {
  households: readonly string[]
  filter: BillFilter
  onFilter: (filter: BillFilter) => void
}) {
  const words = useWords(BILLS_WORDS)
  const all = { value: 'all', text: words.all } as const
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
        onChoose={(service) => onFilter({ ...filter, service: service as BillFilter['service'] })}
      />
      <Chips
        options={STATES.map((state) => ({ value: state, text: words.states[state] }))}
        chosen={filter.state}
        onChoose={(state) => onFilter({ ...filter, state })}
      />
    </View>
  )
}
