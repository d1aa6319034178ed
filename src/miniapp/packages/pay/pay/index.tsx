import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useMemo } from 'react'
import { isOld, OldData } from '../../../client/cloud/old-data'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { readBills } from '../../../client/payment/pay-url'
import { ConsentSheet } from '../../../client/privacy/consent-sheet'
import { sayClock } from '../../../client/say-moment'
import { PAY_WORDS } from '../../../client/words/pay'
import { Amount } from '../../../ui/amount'
import { Button } from '../../../ui/button'
import { Empty } from '../../../ui/empty'
import { Notice } from '../../../ui/notice'
import { Page } from '../../../ui/page'
import { LeftBills } from './left-bills'
import { PayItem } from './pay-item'
import { PayRefusal } from './pay-refusal'
import { type UsedPay, usePay } from './use-pay'

/** Whom one pays, for what and how much; one tap opens WeChat's sheet. */
export default function Pay() {
  const modes = useModes()
  const words = useWords(PAY_WORDS)
  useTitle(words.title)
  const { params } = useRouter()
  const bills = useMemo(() => readBills(params.bills), [params.bills])
  const pay = usePay(bills)
  const quote = pay.quote.reply
  const nothing = (
    <Empty
      title={words.nothing}
      text={words.nothingHint}
      button={{
        text: words.toHome,
        onTap: () => void Taro.switchTab({ url: '/pages/home/index' }),
      }}
    />
  )
  if (bills.length === 0) return <Page modes={modes}>{nothing}</Page>
  if (quote === undefined) {
    return (
      <Page modes={modes}>
        <Unanswered name="quote-payment" call={pay.quote} />
      </Page>
    )
  }
  const [first, ...further] = quote.payments
  return (
    <Page modes={modes} foot={<PayFoot pay={pay} />} over={<ConsentSheet consent={pay.consent} />}>
      <OldData call={pay.quote} pays />
      {first === undefined ? null : <Payees first={first} />}
      <PayRefusal problem={pay.problem} quote={quote} />
      {quote.resume === undefined ? null : (
        <Notice
          kind="wait"
          bold={words.resumeBold}
          text={words.resume(sayClock(quote.resume.until))}
        />
      )}
      {further.length === 0 ? null : (
        <Notice
          kind="soon"
          bold={words.furtherBold(quote.payments.length)}
          text={words.further(
            first?.items.length ?? 0,
            further.reduce((sum, { items }) => sum + items.length, 0),
          )}
        />
      )}
      {first === undefined ? null : (
        <View className="sub">
          <View>{words.receipts(first.items.length)}</View>
          <View>{words.held(sayClock(quote.heldUntil))}</View>
        </View>
      )}
      <LeftBills left={quote.left} />
      {first === undefined && quote.resume === undefined && quote.left.length === 0
        ? nothing
        : null}
    </Page>
  )
}

function Payees({ first }: { first: NonNullable<UsedPay['quote']['reply']>['payments'][number] }) {
  const words = useWords(PAY_WORDS)
  const companies = new Set(first.items.map((item) => item.billerId)).size
  return (
    <>
      <View className="total">
        <View className="sub">{companies === 1 ? words.payOne : words.paySome(companies)}</View>
        <Amount amount={first.total} />
      </View>
      <View className="card flush">
        {first.items.map((item) => (
          <PayItem key={`${item.accountId}/${item.billId}`} item={item} />
        ))}
      </View>
    </>
  )
}

function PayFoot({ pay }: { pay: UsedPay }) {
  const words = useWords(PAY_WORDS)
  const quote = pay.quote.reply
  const [first] = quote?.payments ?? []
  if (isOld(pay.quote)) {
    return <Button kind="outline" text={words.retry} onTap={() => void pay.quote.reload()} />
  }
  if (quote?.resume !== undefined) {
    return <Button text={words.resumeButton} busy={pay.isBusy} onTap={pay.resume} />
  }
  if (first === undefined) return null
  const text = pay.isBusy ? words.paying : words.pay(first.total)
  return <Button text={text} busy={pay.isBusy} onTap={pay.pay} />
}
