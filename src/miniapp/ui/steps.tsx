import { View } from '@tarojs/components'

/** How far one is; `label` says it in words. */
export function Steps({ at, of, label }: { at: number; of: number; label: string }) {
  return (
    <View className="steps" ariaRole="img" ariaLabel={label}>
      {Array.from({ length: of }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
        <View key={index} className={index < at ? 'part on' : 'part'} />
      ))}
    </View>
  )
}
