import { Image, View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import mark from '../../../assets/mark.svg'
import { OldData } from '../../../client/cloud/old-data'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useCall } from '../../../client/cloud/use-call'
import { usePullToRefresh } from '../../../client/cloud/use-pull-to-refresh'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { resultUrl } from '../../../client/payment/pay-url'
import { ConsentSheet } from '../../../client/privacy/consent-sheet'
import { useConsent } from '../../../client/privacy/use-consent'
import { sayMoment, sayYearMonth } from '../../../client/say-moment'
import { RECEIPT_WORDS } from '../../../client/words/receipt'
import { Amount } from '../../../ui/amount'
import { KeyValue } from '../../../ui/key-value'
import { Link } from '../../../ui/link'
import { Notice } from '../../../ui/notice'
import { Page } from '../../../ui/page'
import { QrCard } from '../../../ui/qr-card'
import { Tag } from '../../../ui/tag'
import { receiptState, STATE_TAG } from '../receipt-state'
import { sharePicture } from './keep-picture'
import { isGivenUp, ReceiptFoot } from './receipt-foot'
import { maskedReceipt, receiptPicture } from './receipt-picture'
import { receiptRows } from './receipt-rows'

/** The proof in a resident's hand: state, amount and code first, then every field. */
export default function Receipt() {
  const modes = useModes()
  const words = useWords(RECEIPT_WORDS)
  useTitle(words.title)
  const { receipt: receiptNumber } = useRouter().params
  const call = useCall('get-receipt', receiptNumber === undefined ? null : { receiptNumber }, {
    keep: receiptNumber ?? 'none',
  })
  usePullToRefresh(call.reload)
  const consent = useConsent()
  const receipt = call.reply
  if (receipt === undefined) {
    return (
      <Page modes={modes}>
        <Unanswered name="get-receipt" call={call} />
      </Page>
    )
  }
  const { language } = modes
  const state = receiptState(receipt)
  const company = language === 'zh' ? receipt.legalName : receipt.billerName.en
  const what = words.what(words.services[receipt.service], sayYearMonth(receipt.month)[language])
  const title = `${company} · ${what}`
  const share = () =>
    sharePicture(receiptPicture(maskedReceipt(receipt), title, words)).catch((error: unknown) => {
      if (!isGivenUp(error)) void Taro.showToast({ title: words.notShared, icon: 'none' })
    })
  const seePayment = () => void Taro.navigateTo({ url: resultUrl(receipt.paymentId) })
  return (
    <Page
      modes={modes}
      foot={<ReceiptFoot picture={() => receiptPicture(receipt, title, words)} words={words} />}
      // Saving to the album waits for consent where it was not given yet.
      over={<ConsentSheet consent={consent} />}
    >
      <OldData call={call} />
      {receipt.undoUntil === undefined || receipt.undoUntil <= Date.now() ? null : (
        <Notice
          kind="wait"
          bold={words.undoableBold(sayMoment(receipt.undoUntil, Date.now())[language])}
          text={words.undoable}
          onTap={seePayment}
        />
      )}
      <View className="card">
        <View className="rowline middle">
          <Image className="logo" src={mark} />
          <View className="grow">
            <View className="h3">{words.heading}</View>
            <View className="cap">{words.notInvoice}</View>
          </View>
          <Tag kind={STATE_TAG[state]} text={words.states[state]} />
        </View>
        <View className="receipt">
          <Amount amount={receipt.amount} />
          <View className="sub">{title}</View>
          <QrCard code={receipt.code} label={words.codeLabel} />
          <View className="b num">{receipt.receiptNumber}</View>
          <View className="cap">{words.scanThis}</View>
        </View>
        <View className="tear" />
        <KeyValue rows={receiptRows(receipt, words)} />
      </View>
      <View className="links">
        <Link text={words.share} icon="share" onTap={() => void share()} />
        <Link text={words.seePayment} onTap={seePayment} />
      </View>
    </Page>
  )
}
