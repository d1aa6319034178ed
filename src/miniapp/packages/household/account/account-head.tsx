import { View } from '@tarojs/components'
import type { DueBill } from '../../../../contract/list-accounts'
import { groupDigits } from '../../../../core/masking'
import { sumFen } from '../../../../core/money'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayDate, sayMonth } from '../../../client/say-moment'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { STANDING_WORDS } from '../../../client/words/standing'
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
          <View className="sub mono">
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
  if (payable.length > 0) return <Bills bills={payable} />
  if (account.bills.length > 0) {
    return (
      <>
        {account.bills.map((bill) => (
          <Bills key={bill.billId} bills={[bill]} />
        ))}
      </>
    )
  }
  return (
    <View>
      <View className="h3 c-done">{words.nothing}</View>
      {account.nextBillOn === undefined ? null : (
        <View className="sub">{words.next(sayDate(account.nextBillOn)[language])}</View>
      )}
    </View>
  )
}

/** Bills of one standing: their months, what the amount is, and how they stand. */
function Bills({ bills }: { bills: readonly DueBill[] }) {
  const { language } = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const standings = useWords(STANDING_WORDS)
  const [first] = bills
  if (first === undefined) return null
  const months = bills
    .map((bill) => sayMonth(bill.month)[language])
    .join(language === 'zh' ? '、' : ', ')
  return (
    <View className="spread">
      <View>
        <View className="sub">{words.ofMonths(months, standings.amount[first.standing.kind])}</View>
        <Amount amount={sumFen(bills.map((bill) => bill.total))} size="mid" />
      </View>
      <StandingTag standing={first.standing} dueOn={first.dueOn} />
    </View>
  )
}
