import { useLaunch } from '@tarojs/taro'
import type { PropsWithChildren } from 'react'
import { startApp } from './client/start-app'
import './app.scss'

/** The phone's root: what is done once at launch, and the styles of every page. */
export default function App({ children }: PropsWithChildren) {
  useLaunch(() => startApp())
  return children
}
