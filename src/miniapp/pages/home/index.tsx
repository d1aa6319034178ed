import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { dateOf } from '../../../core/time'
import { isOld, OldData } from '../../client/cloud/old-data'
import { Unanswered } from '../../client/cloud/unanswered'
import { useCall } from '../../client/cloud/use-call'
import { usePullToRefresh } from '../../client/cloud/use-pull-to-refresh'
import { useTabNames } from '../../client/i18n/use-tab-names'
import { useTitle } from '../../client/i18n/use-title'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { payUrl } from '../../client/payment/pay-url'
import { usePaymentToLookAt } from '../../client/payment/use-payment-to-look-at'
import { HOME_WORDS } from '../../client/words/home'
import { SHELL_WORDS } from '../../client/words/shell'
import { STANDING_WORDS } from '../../client/words/standing'
import { Button } from '../../ui/button'
import { Link } from '../../ui/link'
import { Page } from '../../ui/page'
import { EmptyHome } from './empty-home'
import { HomeNotices } from './home-notices'
import { homeSummary, type Payable } from './home-summary'
import { Household } from './household'
import { Total } from './total'

/** What is owed over all households, and one button that pays it. */
export default function Home() {
  const modes = useModes()
  const { language } = modes
  const words = useWords(HOME_WORDS)
  const standings = useWords(STANDING_WORDS)
  const shell = useWords(SHELL_WORDS)
  const call = useCall('list-accounts', {}, { keep: 'home' })
  const payment = usePaymentToLookAt()
  usePullToRefresh(call.reload)
  useTitle(words.title)
  useTabNames()
  const { reply } = call

  if (reply === undefined)
    return (
      <Page modes={modes}>
        <Unanswered name="list-accounts" call={call} />
      </Page>
    )
  if (reply.accounts.length === 0) {
    return (
      <Page modes={modes}>
        <OldData call={call} />
        <EmptyHome words={words} />
      </Page>
    )
  }
  const today = dateOf(reply.asOf)
  const summary = homeSummary(reply.accounts, today)
  return (
    <Page modes={modes}>
      <OldData call={call} pays />
      <Total
        summary={summary}
        language={language}
        words={words}
        onPay={isOld(call) ? undefined : () => payAll(summary.payable)}
      />
      {isOld(call) ? (
        <Button kind="outline" text={shell.retry} onTap={() => void call.reload()} />
      ) : null}
      <HomeNotices accounts={reply.accounts} payment={payment} words={words} />
      {summary.households.map((household) => (
        <Household
          key={household.name}
          household={household}
          speech={{ language, words, standings, today }}
        />
      ))}
      <View className="links">
        <Link
          icon="plus"
          text={words.add}
          onTap={() => void Taro.navigateTo({ url: '/packages/household/add/index' })}
        />
      </View>
    </Page>
  )
}

function payAll(payable: readonly Payable[]): void {
  const bills = payable.map(({ account, bill }) => ({
    accountId: account.accountId,
    billId: bill.billId,
  }))
  void Taro.navigateTo({ url: payUrl(bills) })
}
