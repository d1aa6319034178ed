import { View } from '@tarojs/components'

/** A household's windows: lit where nothing is to be paid. `label` says it in words. */
export function Windows({ lit, label }: { lit: readonly boolean[]; label: string }) {
  return (
    <View className="win" ariaRole="img" ariaLabel={label}>
      {lit.map((on, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: windows have no identity but their place
        <View key={index} className={on ? 'pane lit' : 'pane'} />
      ))}
    </View>
  )
}
