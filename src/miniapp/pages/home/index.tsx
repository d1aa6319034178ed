import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { dateOf } from '../../../core/time'
import { Unanswered } from '../../client/cloud/unanswered'
import { useCall } from '../../client/cloud/use-call'
import { usePullToRefresh } from '../../client/cloud/use-pull-to-refresh'
import { useTabNames } from '../../client/i18n/use-tab-names'
import { useTitle } from '../../client/i18n/use-title'
import { useWords } from '../../client/i18n/use-words'
import { useModes } from '../../client/modes/use-modes'
import { payUrl } from '../../client/payment/pay-url'
import { useUnfinishedPayment } from '../../client/payment/use-unfinished-payment'
import { sayDateAndTime } from '../../client/say-moment'
import { HOME_WORDS } from '../../client/words/home'
import { Empty } from '../../ui/empty'
import { Link } from '../../ui/link'
import { Notice } from '../../ui/notice'
import { Page } from '../../ui/page'
import { HomeNotices } from './home-notices'
import { homeSummary } from './home-summary'
import { Household } from './household'
import { Total } from './total'

const ADD = '/packages/household/add/index'

/** What is owed over all households, and one button that pays it. */
export default function Home() {
  const modes = useModes()
  const words = useWords(HOME_WORDS)
  const call = useCall('list-accounts', {}, { keep: 'home' })
  const unfinished = useUnfinishedPayment()
  usePullToRefresh(call.reload)
  useTitle(words.title)
  useTabNames()
  const add = () => void Taro.navigateTo({ url: ADD })
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
        <Empty
          title={words.emptyTitle}
          text={words.emptyText}
          button={{ text: words.emptyButton, onTap: add }}
        />
      </Page>
    )
  }
  const today = dateOf(reply.asOf)
  const summary = homeSummary(reply.accounts, today)
  const isOffline = call.state === 'offline'
  return (
    <Page modes={modes}>
      {isOffline ? (
        <Notice
          kind="soon"
          icon="offline"
          text={words.offline(sayDateAndTime(call.asOf ?? reply.asOf)[modes.language])}
          onTap={() => void call.reload()}
        />
      ) : null}
      <Total
        summary={summary}
        words={words}
        canPay={!isOffline}
        onPay={() =>
          void Taro.navigateTo({
            url: payUrl(
              summary.payable.map(({ account, bill }) => ({
                accountId: account.accountId,
                billId: bill.billId,
              })),
            ),
          })
        }
      />
      <HomeNotices accounts={reply.accounts} unfinished={unfinished} words={words} />
      {summary.households.map((household) => (
        <Household
          key={household.name}
          household={household}
          language={modes.language}
          words={words}
          today={today}
        />
      ))}
      <View className="links">
        <Link icon="plus" text={words.add} onTap={add} />
      </View>
    </Page>
  )
}
