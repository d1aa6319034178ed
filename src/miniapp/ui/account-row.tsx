import { View } from '@tarojs/components'
import { Icon } from './icon'
import { Tag, type TagKind } from './tag'
import { Tile } from './tile'

export type AccountRowProps = {
  service: 'water' | 'electricity' | 'gas'
  /** "水 · 申江水务". */
  name: string
  tag?: { kind: TagKind; text: string; icon?: string }
  /** Formatted; absent where there is nothing to say. */
  amount?: string
  /** What the amount is: 应缴, 余额, 不用再付. */
  amountLabel?: string
  /** Balance and already-paid amounts stand back. */
  quiet?: boolean
  /** A quiet second line. */
  note?: string
  /** "姐姐 正在支付，14:32 前有效". */
  lock?: string
  onTap?: () => void
}

/** One account or bill in a list. */
export function AccountRow({
  service,
  name,
  note,
  tag,
  amount,
  amountLabel,
  quiet,
  lock,
  onTap,
}: AccountRowProps) {
  const label = [name, note, tag?.text, amount, amountLabel, lock].filter(Boolean).join('，')
  const shown =
    amount === undefined ? null : (
      <View className={quiet === true ? 'amt quiet' : 'amt'}>{amount}</View>
    )
  // Named one by one: the web build finds a role only where it is written down as an attribute.
  const isTappable = onTap !== undefined
  return (
    <View
      className="row"
      ariaLabel={label}
      hoverClass={isTappable ? 'pressed' : 'none'}
      ariaRole={isTappable ? 'button' : ''}
      onClick={() => onTap?.()}
    >
      <Tile service={service} />
      <View className="mid">
        <View className="nm">{name}</View>
        {note === undefined ? null : <View className="sub">{note}</View>}
        {tag === undefined ? null : <Tag {...tag} />}
        {lock === undefined ? null : (
          <View className="lockline">
            <Icon name="lock" />
            <View className="grow">{lock}</View>
          </View>
        )}
      </View>
      {amountLabel === undefined ? (
        shown
      ) : (
        <View className="right">
          {shown}
          <View className="cap">{amountLabel}</View>
        </View>
      )}
    </View>
  )
}
