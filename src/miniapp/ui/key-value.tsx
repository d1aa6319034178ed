import { View } from '@tarojs/components'
import { Fragment } from 'react'

/** Names and values in two columns; long values wrap. */
export function KeyValue({
  rows,
}: {
  rows: readonly { name: string; value: string; big?: boolean }[]
}) {
  return (
    <View className="kv">
      {rows.map(({ name, value, big }) => (
        <Fragment key={name}>
          <View className="k">{name}</View>
          <View className={big === true ? 'v big' : 'v'}>{value}</View>
        </Fragment>
      ))}
    </View>
  )
}
