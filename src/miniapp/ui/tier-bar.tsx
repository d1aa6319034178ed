import { View } from '@tarojs/components'

export type TierBarProps = {
  /** Upper limits of all steps but the last, as numbers for the width and as text. */
  limits: readonly { at: number; text: string }[]
  used: number
  boxes: readonly { title: string; price: string }[]
  current: number
  label: string
}

/** How much of the steps is used; lightness tells the steps, words name them. */
export function TierBar({ limits, used, boxes, current, label }: TierBarProps) {
  const end = (limits.at(-1)?.at ?? used) * 1.25
  const edges = [0, ...limits.map((limit) => limit.at), end]
  const percent = (value: number) => `${Math.min(100, (value / end) * 100).toFixed(1)}%`
  return (
    <View className="tier" ariaRole="img" ariaLabel={label}>
      <View className="bar">
        {edges.slice(1).flatMap((edge, index) => {
          const from = edges[index] ?? 0
          const filled = Math.min(Math.max(used - from, 0), edge - from)
          return [
            { key: `used${edge}`, look: `t${index + 1}`, width: filled },
            { key: `left${edge}`, look: 'rest', width: edge - from - filled },
          ]
            .filter(({ width }) => width > 0)
            .map(({ key, look, width }) => (
              <View key={key} className={`part ${look}`} style={`width:${percent(width)}`} />
            ))
        })}
        <View className="pin" style={`left:${percent(used)}`} />
      </View>
      <View className="sc">
        <View className="mark">0</View>
        {limits.map((limit) => (
          <View key={limit.at} className="mark c" style={`left:${percent(limit.at)}`}>
            {limit.text}
          </View>
        ))}
      </View>
      <View className="tiers">
        {boxes.map((box, index) => (
          <View key={box.title} className={index + 1 === current ? 'box on' : 'box'}>
            <View>{box.title}</View>
            <View className="num">{box.price}</View>
          </View>
        ))}
      </View>
    </View>
  )
}
