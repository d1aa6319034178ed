import { View } from '@tarojs/components'

export type UsageBar = {
  key: string
  tick: string
  use: number
  lastYear?: number
  estimated: boolean
  text: string
}

/** Use per month with last year's beside it; only the lowest and the highest bar are numbered. */
export function UsageChart({ bars, label }: { bars: readonly UsageBar[]; label: string }) {
  const most = Math.max(1, ...bars.flatMap((bar) => [bar.use, bar.lastYear ?? 0]))
  const uses = bars.map((bar) => bar.use)
  const numbered = [uses.indexOf(Math.max(...uses)), uses.indexOf(Math.min(...uses))]
  const height = (use: number) => `height:${Math.round((use / most) * 84)}%`
  return (
    <View ariaRole="img" ariaLabel={label}>
      <View className="chart">
        {bars.map((bar, index) => (
          <View key={bar.key} className="g">
            {bar.lastYear === undefined ? null : (
              <View className="pole last" style={height(bar.lastYear)} />
            )}
            <View className={bar.estimated ? 'pole est' : 'pole'} style={height(bar.use)} />
            {numbered.includes(index) ? (
              <View className="v" style={`bottom:${Math.round((bar.use / most) * 84)}%`}>
                {bar.text}
              </View>
            ) : null}
          </View>
        ))}
      </View>
      <View className="chartx">
        {bars.map((bar) => (
          <View key={bar.key} className="tick">
            {bar.tick}
          </View>
        ))}
      </View>
    </View>
  )
}
