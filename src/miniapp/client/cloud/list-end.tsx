import { View } from '@tarojs/components'
import type { PagedCall } from './pages-state'
import { RefusalFailure } from './refusal-failure'
import type { UsedPages } from './use-pages'

/** Under an endless list: more to come, its end, or why the next page did not come. */
export function ListEnd<Name extends PagedCall>({
  name,
  list,
  words,
}: {
  name: Name
  list: UsedPages<Name>
  words: { more: string; end: string }
}) {
  const { stuck } = list
  if (stuck === undefined) {
    return <View className="cap centred">{list.hasMore ? words.more : words.end}</View>
  }
  // Any other reason than these two is that the list has changed: it begins anew.
  const isUnanswered = stuck.reason === 'offline' || stuck.reason === 'try-again'
  const retry = isUnanswered ? list.more : list.reload
  return <RefusalFailure name={name} refused={stuck} onRetry={() => void retry()} />
}
