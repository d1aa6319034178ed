import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { formatYuan } from '../../../core/money'
import { dateOf } from '../../../core/time'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { sayYearMonth } from '../../client/say-moment'
import { BILLS_WORDS } from '../../client/words/bills'
import { STANDING_WORDS } from '../../client/words/standing'
import { standingTag } from '../../client/words/standing-tag'
import { AccountRow } from '../../ui/account-row'
import type { MonthGroup } from './month-groups'

/** A month with the sums of all its bills, and those that are on the screen. */
export function Month({ group }: { group: MonthGroup }) {
  const { language } = useModes()
  const words = useWords(BILLS_WORDS)
  const standing = useWords(STANDING_WORDS)
  const today = dateOf(Date.now())
  const { sums } = group
  return (
    <View>
      <View className="sec">
        <View>{sayYearMonth(group.month)[language]}</View>
        {sums === undefined ? null : <View className="num">{words.sums(sums)}</View>}
      </View>
      <View className="card flush">
        {group.rows.map((row) => (
          <AccountRow
            key={`${row.accountId}/${row.billId}`}
            service={row.service}
            name={words.name(row.household, row.label)}
            note={row.billerName[language]}
            amount={formatYuan(row.total)}
            quiet={row.standing.kind !== 'due' && row.standing.kind !== 'paying'}
            tag={standingTag(row.standing, row.dueOn, standing, today)}
            onTap={() =>
              void Taro.navigateTo({
                url: `/packages/bill/bill/index?account=${row.accountId}&bill=${row.billId}`,
              })
            }
          />
        ))}
      </View>
    </View>
  )
}
