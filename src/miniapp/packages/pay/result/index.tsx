import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { useMemo } from 'react'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import type { SheetReturn } from '../../../client/payment/open-sheet'
import { payUrl, readBills } from '../../../client/payment/pay-url'
import { refusalOf } from '../../../client/refusals'
import { sayDateAndTime } from '../../../client/say-moment'
import { RESULT_WORDS } from '../../../client/words/result'
import { Link } from '../../../ui/link'
import { Notice } from '../../../ui/notice'
import { Page } from '../../../ui/page'
import { Skeleton } from '../../../ui/skeleton'
import { ItemCard } from './item-card'
import { byCare, paymentStanding } from './payment-standing'
import { ResultFoot } from './result-foot'
import { ResultHead } from './result-head'
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
  const { reply } = result
  if (reply === undefined) {
    return (
      <Page modes={modes}>
        {result.refusal === undefined ? (
          <Skeleton rows={4} label={words.loading} />
        ) : (
          <Notice
            kind="soon"
            text={refusalOf('get-payment', result.refusal.reason).sentence({})[modes.language]}
          />
        )}
      </Page>
    )
  }
  const standing = paymentStanding(reply, result.sheet)
  const isPaid = reply.state === 'paid'
  return (
    <Page
      modes={modes}
      foot={<ResultFoot result={result} reply={reply} standing={standing} further={further} />}
    >
      <ResultHead reply={reply} standing={standing} />
      {result.refusal?.reason === 'offline' && result.asOf !== undefined ? (
        <Notice
          kind="soon"
          icon="offline"
          text={words.knownAt(sayDateAndTime(result.asOf)[modes.language])}
        />
      ) : null}
      {isPaid
        ? byCare(reply.items).map((item, index) => (
            <ItemCard key={item.itemNo} item={item} startsOpen={index === 0} />
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
      <View className="links">
        <Link text={words.toHome} onTap={() => void Taro.switchTab({ url: '/pages/home/index' })} />
        <Link
          text={words.toBills}
          onTap={() => void Taro.switchTab({ url: '/pages/bills/index' })}
        />
      </View>
    </Page>
  )
}
