import { View } from '@tarojs/components'
import { groupDigits } from '../../../../core/masking'
import { sumFen } from '../../../../core/money'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayDate, sayMonth } from '../../../client/say-moment'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { StandingTag } from '../../../client/words/standing-tag'
import { Amount } from '../../../ui/amount'
import { Tile } from '../../../ui/tile'
import { type AccountReply, payableBills } from './account-reply'

/** Whose account, and what is owed on it. */
export function AccountHead({ reply }: { reply: AccountReply }) {
  const { language } = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const { account } = reply
  return (
    <View className="card">
      <View className="rowline">
        <Tile service={account.service} />
        <View className="grow">
          <View className="h3">{account.billerName[language]}</View>
          <View className="sub num">
            {words.numberAndHolder(groupDigits(account.accountNumber), account.holder)}
          </View>
          <View className="sub">{account.address}</View>
        </View>
      </View>
      <View className="hr" />
      <Owed reply={reply} />
    </View>
  )
}

function Owed({ reply }: { reply: AccountReply }) {
  const { language } = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const { account } = reply
  if (account.suspended) return <View className="sub c-late">{words.suspended}</View>
  if (account.balance !== undefined) {
    return (
      <View>
        <View className="sub">{words.balance}</View>
        <Amount amount={account.balance} size="mid" />
        {account.balanceDays === undefined ? null : (
          <View className="sub">{words.balanceDays(account.balanceDays)}</View>
        )}
      </View>
    )
  }
  const payable = payableBills(reply)
  const first = payable[0] ?? account.bills[0]
  if (first === undefined) {
    return (
      <View>
        <View className="h3 c-done">{words.nothing}</View>
        {account.nextBillOn === undefined ? null : (
          <View className="sub">{words.next(sayDate(account.nextBillOn)[language])}</View>
        )}
      </View>
    )
  }
  const shown = payable.length === 0 ? [first] : payable
  const months = shown
    .map((bill) => sayMonth(bill.month)[language])
    .join(language === 'zh' ? '、' : ', ')
  return (
    <View className="spread">
      <View>
        <View className="sub">{words.owed(months)}</View>
        <Amount amount={sumFen(shown.map((bill) => bill.total))} size="mid" />
      </View>
      <StandingTag standing={first.standing} dueOn={first.dueOn} />
    </View>
  )
}
