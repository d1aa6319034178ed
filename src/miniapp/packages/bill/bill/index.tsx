import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { isOld, OldData } from '../../../client/cloud/old-data'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useCall } from '../../../client/cloud/use-call'
import { usePullToRefresh } from '../../../client/cloud/use-pull-to-refresh'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { resultUrl } from '../../../client/payment/pay-url'
import { BILL_WORDS } from '../../../client/words/bill'
import { Link } from '../../../ui/link'
import { Page } from '../../../ui/page'
import { BillFoot } from './bill-foot'
import { BillHead } from './bill-head'
import { BillLines } from './bill-lines'
import type { BillReply } from './bill-reply'
import { MoneyNotice } from './money-notice'
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
    <Page modes={modes} foot={<BillFoot bill={bill} isOld={isOld(call)} />}>
      <OldData call={call} pays />
      <BillHead bill={bill} />
      <MoneyNotice bill={bill} />
      <Why bill={bill} />
      <BillLines bill={bill} />
      <Readings bill={bill} />
      <Elsewhere bill={bill} />
    </Page>
  )
}

function Elsewhere({ bill }: { bill: BillReply }) {
  const words = useWords(BILL_WORDS)
  const go = (url: string) => () => void Taro.navigateTo({ url })
  const { paymentId, standing } = bill
  return (
    <View className="links">
      {paymentId === undefined || standing.kind === 'paying' ? null : (
        <Link text={words.seePayment} onTap={go(resultUrl(paymentId))} />
      )}
      <Link
        text={words.account}
        onTap={go(`/packages/household/account/index?account=${bill.accountId}`)}
      />
      <Link icon="help" text={words.help} onTap={go('/packages/help/help/index')} />
    </View>
  )
}
