import { Text, View } from '@tarojs/components'
import { type Fen, formatYuan } from '../../core/money'

/** The amount a page or card is about; `display` is the largest thing on its page. */
export function Amount({ amount, size = 'display' }: { amount: Fen; size?: 'display' | 'mid' }) {
  return (
    <View
      className={size === 'display' ? 'disp' : 'disp mid'}
      ariaLabel={`${formatYuan(amount)} 元`}
      ariaRole="text"
    >
      <Text className="yen">¥</Text>
      {formatYuan(amount)}
    </View>
  )
}
