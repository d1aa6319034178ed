import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { askForBillsOf } from '../../../client/bills-of-account'
import { useWords } from '../../../client/i18n/use-words'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { Cell } from '../../../ui/cell'
import { Link } from '../../../ui/link'
import type { AccountReply } from './account-reply'

/** Where else one can go from an account. */
export function Links({
  reply,
  onRename,
  onUnbind,
}: {
  reply: AccountReply
  onRename: () => void
  onUnbind: () => void
}) {
  const words = useWords(ACCOUNT_WORDS)
  const { accountId } = reply.account
  const toBills = () => {
    askForBillsOf(accountId)
    void Taro.switchTab({ url: '/pages/bills/index' })
  }
  const receipts = `/packages/receipt/receipts/index?accountId=${accountId}`
  return (
    <>
      <View className="card flush">
        <Cell icon="bills" title={words.bills} value={words.sheets(reply.bills)} onTap={toBills} />
        <Cell
          icon="receipt"
          title={words.receipts}
          value={words.sheets(reply.receipts)}
          onTap={() => void Taro.navigateTo({ url: receipts })}
        />
        <Cell icon="home" title={words.rename} onTap={onRename} />
        <Cell icon="eye" title={words.meter} value={reply.meterNumber} />
      </View>
      <View className="links">
        <Link text={words.unbind} onTap={onUnbind} />
      </View>
    </>
  )
}
