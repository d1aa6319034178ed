import { View } from '@tarojs/components'
import type { ReactNode } from 'react'

/**
 * The outermost view of every page: modes are its classes. `foot` sticks to the lower edge; a `flush`
 * page reaches to the edges. `over` holds the sheets that lie over it, in a place of their own: one
 * that comes or goes sends nothing of the page again.
 */
export function Page({
  modes,
  foot,
  over,
  flush = false,
  children,
}: {
  modes: { className: string }
  foot?: ReactNode
  over?: ReactNode
  flush?: boolean
  children: ReactNode
}) {
  return (
    <View className={modes.className}>
      <View className={flush ? 'main flush' : 'main'}>{children}</View>
      {foot === undefined ? null : <View className="abar">{foot}</View>}
      {over === undefined ? null : <View>{over}</View>}
    </View>
  )
}
