import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { OldData } from '../../../client/cloud/old-data'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useCall } from '../../../client/cloud/use-call'
import { usePullToRefresh } from '../../../client/cloud/use-pull-to-refresh'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { BILL_WORDS } from '../../../client/words/bill'
import { Link } from '../../../ui/link'
import { Page } from '../../../ui/page'
import { BillFoot } from './bill-foot'
import { BillHead } from './bill-head'
import { BillLines } from './bill-lines'
import { Readings } from './readings'
import { Why } from './why'

/** One bill: what it costs, why it changed, how it is computed. */
export default function Bill() {
  const modes = useModes()
  const words = useWords(BILL_WORDS)
  const { params } = useRouter()
  const request =
    params.account === undefined || params.bill === undefined
      ? null
      : { accountId: params.account, billId: params.bill }
  const call = useCall('get-bill', request, { keep: `${params.account}/${params.bill}` })
  usePullToRefresh(call.reload)
  const bill = call.reply
  useTitle(bill === undefined ? '' : words.titles[bill.service])
  if (bill === undefined) {
    return (
      <Page modes={modes}>
        <Unanswered name="get-bill" call={call} />
      </Page>
    )
  }
  return (
    <Page modes={modes} foot={<BillFoot bill={bill} isOffline={call.state === 'offline'} />}>
      <OldData call={call} />
      <BillHead bill={bill} />
      <Why bill={bill} />
      <BillLines bill={bill} />
      <Readings bill={bill} />
      <View className="links">
        <Link
          text={words.account}
          onTap={() =>
            void Taro.navigateTo({
              url: `/packages/household/account/index?account=${bill.accountId}`,
            })
          }
        />
        <Link
          icon="help"
          text={words.help}
          onTap={() => void Taro.navigateTo({ url: '/packages/help/help/index' })}
        />
      </View>
    </Page>
  )
}
