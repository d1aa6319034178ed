import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useMemo, useState } from 'react'
import type { PaymentItem } from '../../../../contract/get-payment'
import { OldData } from '../../../client/cloud/old-data'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import type { SheetReturn } from '../../../client/payment/open-sheet'
import { payUrl, readBills } from '../../../client/payment/pay-url'
import { RESULT_WORDS } from '../../../client/words/result'
import { Link } from '../../../ui/link'
import { Notice } from '../../../ui/notice'
import { Page } from '../../../ui/page'
import { ItemCard } from './item-card'
import { byCare, paymentStanding } from './payment-standing'
import { ResultFoot } from './result-foot'
import { ResultHead } from './result-head'
import { UndoSheet } from './undo-sheet'
import { useResult } from './use-result'
import { WaitingTrail } from './waiting-trail'

const SHEETS: readonly string[] = ['ok', 'cancelled', 'failed', 'not-opened']

/** Where the money is: live while it moves, and never "failed" while it is unknown. */
export default function Result() {
  const modes = useModes()
  const words = useWords(RESULT_WORDS)
  useTitle(words.title)
  const { params } = useRouter()
  const sheet = SHEETS.includes(params.sheet ?? '') ? (params.sheet as SheetReturn) : undefined
  const further = useMemo(() => readBills(params.further), [params.further])
  const result = useResult(params.paymentId ?? '', sheet)
  const [toUndo, setToUndo] = useState<PaymentItem>()
  const { call } = result
  const { reply } = call
  if (reply === undefined) {
    return (
      <Page modes={modes}>
        <Unanswered name="get-payment" call={call} rows={4} />
        <Elsewhere />
      </Page>
    )
  }
  const standing = paymentStanding(reply, result.sheet)
  const isPaid = reply.state === 'paid'
  return (
    <Page
      modes={modes}
      foot={<ResultFoot result={result} reply={reply} standing={standing} further={further} />}
      over={
        toUndo === undefined ? null : (
          <UndoSheet
            paymentId={reply.paymentId}
            item={toUndo}
            onAnswered={() => void result.lookAgain()}
            onClose={() => setToUndo(undefined)}
          />
        )
      }
    >
      <ResultHead reply={reply} standing={standing} sheet={result.sheet} />
      <OldData call={call} />
      {isPaid
        ? byCare(reply.items).map((item, index) => (
            <ItemCard
              key={item.itemNo}
              item={item}
              startsOpen={index === 0}
              onUndo={() => setToUndo(item)}
            />
          ))
        : null}
      {standing === 'waiting' || standing === 'open' ? <WaitingTrail reply={reply} /> : null}
      {isPaid && further.length > 0 ? (
        <Notice
          kind="soon"
          bold={words.furtherBold}
          text={words.further(further.length)}
          onTap={() => void Taro.redirectTo({ url: payUrl(further) })}
        />
      ) : null}
      <Elsewhere />
    </Page>
  )
}

function Elsewhere() {
  const words = useWords(RESULT_WORDS)
  const go = (url: string) => () => void Taro.switchTab({ url })
  return (
    <View className="links">
      <Link text={words.toHome} onTap={go('/pages/home/index')} />
      <Link text={words.toBills} onTap={go('/pages/bills/index')} />
    </View>
  )
}
