import { View } from '@tarojs/components'
import type { ReactNode } from 'react'

/**
 * The outermost view of every page: modes are its classes. `foot` sticks to the lower edge; a `flush`
 * page reaches to the edges.
 */
export function Page({
  modes,
  foot,
  flush = false,
  children,
}: {
  modes: { className: string }
  foot?: ReactNode
  flush?: boolean
  children: ReactNode
}) {
  return (
    <View className={modes.className}>
      <View className={flush ? 'main flush' : 'main'}>{children}</View>
      {foot === undefined ? null : <View className="abar">{foot}</View>}
    </View>
  )
}
