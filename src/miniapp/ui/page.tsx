import { View } from '@tarojs/components'
import type { ReactNode } from 'react'

/** The outermost view of every page: modes are its classes. `foot` sticks to the lower edge. */
export function Page({
  modes,
  foot,
  children,
}: {
  modes: { className: string }
  foot?: ReactNode
  children: ReactNode
}) {
  return (
    <View className={modes.className}>
      <View className="main">{children}</View>
      {foot === undefined ? null : <View className="abar">{foot}</View>}
    </View>
  )
}
