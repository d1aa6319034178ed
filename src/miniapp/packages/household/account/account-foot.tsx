import Taro from '@tarojs/taro'
import { sumFen } from '../../../../core/money'
import { useWords } from '../../../client/i18n/use-words'
import { payUrl } from '../../../client/payment/pay-url'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { Button } from '../../../ui/button'
import { type AccountReply, payableBills } from './account-reply'

/** Pays what is due on this account, never from old data. */
export function AccountFoot({ reply, isOld }: { reply: AccountReply; isOld: boolean }) {
  const words = useWords(ACCOUNT_WORDS)
  const bills = payableBills(reply)
  if (isOld || bills.length === 0) return null
  const total = sumFen(bills.map((bill) => bill.total))
  const { accountId } = reply.account
  const url = payUrl(bills.map(({ billId }) => ({ accountId, billId })))
  return (
    <Button
      text={bills.length === 1 ? words.pay(total) : words.payAll(bills.length, total)}
      onTap={() => void Taro.navigateTo({ url })}
    />
  )
}
