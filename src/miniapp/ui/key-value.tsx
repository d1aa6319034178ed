import { View } from '@tarojs/components'
import { Fragment } from 'react'

/** Names and values in two columns; long values wrap. */
export function KeyValue({ rows }: { rows: readonly { name: string; value: string }[] }) {
  return (
    <View className="kv">
      {rows.map(({ name, value }) => (
        <Fragment key={name}>
          <View className="k">{name}</View>
          <View className="v">{value}</View>
        </Fragment>
      ))}
    </View>
  )
}
