import { View } from '@tarojs/components'
import { Icon } from './icon'

/** The coloured square of a service. */
export function Tile({ service }: { service: 'water' | 'electricity' | 'gas' }) {
  return (
    <View className={`tile ${service}`}>
      <Icon name={service} />
    </View>
  )
}
