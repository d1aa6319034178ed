import { View } from '@tarojs/components'

/** The page's real shape while it loads, so that nothing jumps. */
export function Skeleton({ rows, label }: { rows: number; label: string }) {
  return (
    <View className="card" ariaRole="status" ariaLabel={label}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
        <View key={index} className="row">
          <View className="sk tile" />
          <View className="grow">
            <View className="sk" />
          </View>
        </View>
      ))}
    </View>
  )
}
