import { View } from '@tarojs/components'

export type UsageBar = {
  key: string
  tick: string
  use: number
  lastYear?: number
  /** Before the last twelve months. */
  isOld: boolean
  estimated: boolean
  text: string
}

/**
 * Use per month with last year's beside it; only the lowest and the highest bar are numbered. All bars
 * are drawn at once: between 12 and 24 months one class changes and nothing is sent again.
 */
export function UsageChart({
  bars,
  months,
  label,
}: {
  bars: readonly UsageBar[]
  months: '12' | '24'
  label: string
}) {
  const most = Math.max(1, ...bars.flatMap((bar) => [bar.use, bar.lastYear ?? 0]))
  const percent = (use: number) => Math.round((use / most) * 84)
  const recent = bars.filter((bar) => !bar.isOld)
  return (
    <View className={`months m${months}`} ariaRole="img" ariaLabel={label}>
      <View className="chart">
        {bars.map((bar) => (
          <View key={bar.key} className={bar.isOld ? 'g old' : 'g'}>
            {bar.lastYear === undefined ? null : (
              <View className="pole last" style={`height:${percent(bar.lastYear)}%`} />
            )}
            <View
              className={bar.estimated ? 'pole est' : 'pole'}
              style={`height:${percent(bar.use)}%`}
            />
            {[
              { set: recent, look: 'v v12' },
              { set: bars, look: 'v v24' },
            ]
              .filter(({ set }) => isNumbered(bar, set))
              .map(({ look }) => (
                <View key={look} className={look} style={`bottom:${percent(bar.use)}%`}>
                  {bar.text}
                </View>
              ))}
          </View>
        ))}
      </View>
      <View className="chartx">
        {bars.map((bar) => (
          <View key={bar.key} className={bar.isOld ? 'tick old' : 'tick'}>
            {bar.tick}
          </View>
        ))}
      </View>
    </View>
  )
}

/** The first of the highest and the first of the lowest of a set. */
function isNumbered(bar: UsageBar, set: readonly UsageBar[]): boolean {
  const uses = set.map((one) => one.use)
  const highest = set[uses.indexOf(Math.max(...uses))]
  const lowest = set[uses.indexOf(Math.min(...uses))]
  return bar === highest || bar === lowest
}
