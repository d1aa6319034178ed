import { View } from '@tarojs/components'
import { useState } from 'react'
import type { PaymentItem } from '../../../../contract/get-payment'
import { formatYuan } from '../../../../core/money'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { RESULT_WORDS } from '../../../client/words/result'
import { Button } from '../../../ui/button'
import { Link } from '../../../ui/link'
import { Tag, type TagKind } from '../../../ui/tag'
import { Tile } from '../../../ui/tile'
import { Trail } from '../../../ui/trail'
import { type ItemStanding, itemStanding } from './payment-standing'
import { trailSteps } from './trail-steps'

const TAG: Record<ItemStanding, TagKind> = {
  done: 'done',
  posting: 'wait',
  late: 'soon',
  returned: 'soon',
  undoable: 'wait',
  undone: 'refunded',
  givenBack: 'refunded',
}

/** One bill of a paid payment: its state in a tag, its facts when unfolded; one tap to take it back. */
export function ItemCard({
  item,
  startsOpen,
  onUndo,
}: {
  item: PaymentItem
  startsOpen: boolean
  onUndo: () => void
}) {
  const { language } = useModes()
  const words = useWords(RESULT_WORDS)
  const [isOpen, setOpen] = useState(startsOpen)
  const standing = itemStanding(item)
  const tag = item.duplicate ? words.tags.duplicate : words.tags[standing]
  return (
    <View className="card">
      <View className="rowline">
        <Tile service={item.service} />
        <View className="grow">
          <View className="h3">{`${item.billerName[language]} · ${item.household}`}</View>
          <Tag kind={TAG[standing]} text={tag} />
        </View>
        <View className="paid num">{formatYuan(item.amount)}</View>
      </View>
      {standing === 'undoable' ? (
        <>
          <View className="hr" />
          <Button kind="outline" text={words.undo(item.amount)} onTap={onUndo} />
        </>
      ) : null}
      {isOpen ? (
        <>
          <View className="hr" />
          <Trail steps={trailSteps(item, language, words, Date.now())} />
        </>
      ) : (
        <Link text={words.openTrail} icon="down" onTap={() => setOpen(true)} />
      )}
    </View>
  )
}
