import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import type { HOME_WORDS } from '../../client/words/home'
import { Empty } from '../../ui/empty'
import { KeyValue } from '../../ui/key-value'
import { Link } from '../../ui/link'
import { Tag } from '../../ui/tag'

const ADD = '/packages/household/add/index'

/** Home without an account yet: what to have in the hand, one button, and what a bill looks like. */
export function EmptyHome({ words }: { words: (typeof HOME_WORDS)['zh'] }) {
  const go = (url: string) => () => void Taro.navigateTo({ url })
  return (
    <>
      <Empty
        title={words.emptyTitle}
        text={words.emptyText}
        button={{ text: words.emptyButton, onTap: go(ADD) }}
      />
      <View className="links">
        <Link icon="scan" text={words.emptyScan} onTap={go(`${ADD}?scan=1`)} />
        <Link icon="help" text={words.emptyWhere} onTap={go(ADD)} />
      </View>
      <SampleBill words={words} />
    </>
  )
}

/** A bill of nobody, with every figure masked. */
function SampleBill({ words }: { words: (typeof HOME_WORDS)['zh'] }) {
  return (
    <View className="card" ariaRole="img" ariaLabel={words.sampleLabel}>
      <View className="spread middle">
        <View className="h3">{words.sampleName}</View>
        <Tag kind="mute" text={words.sample} />
      </View>
      <KeyValue rows={words.sampleRows.map(([name, value]) => ({ name, value }))} />
      <View className="hr" />
      <View className="cap">{words.sampleNote}</View>
    </View>
  )
}
