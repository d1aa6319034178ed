import Taro from '@tarojs/taro'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { resultUrl } from '../../../client/payment/pay-url'
import { sayMoment } from '../../../client/say-moment'
import { BILL_WORDS } from '../../../client/words/bill'
import { Notice, type NoticeProps } from '../../../ui/notice'
import type { BillReply } from './bill-reply'

type BillWords = (typeof BILL_WORDS)['zh']

/** Where the money of a bill is while the company has not credited it; leads to its trail. */
export function MoneyNotice({ bill }: { bill: BillReply }) {
  const { language } = useModes()
  const words = useWords(BILL_WORDS)
  const notice = noticeOf(bill, language, words)
  if (notice === undefined) return null
  const { paymentId } = bill
  if (paymentId === undefined) return <Notice {...notice} />
  return <Notice {...notice} onTap={() => void Taro.navigateTo({ url: resultUrl(paymentId) })} />
}

function noticeOf(
  { standing, billerName }: BillReply,
  language: 'zh' | 'en',
  words: BillWords,
): NoticeProps | undefined {
  const name = billerName[language]
  if (standing.kind === 'rejected') {
    return { kind: 'soon', bold: words.rejectedBold, text: words.rejected(name) }
  }
  if (standing.kind !== 'unposted') return undefined
  const now = Date.now()
  const by = sayMoment(standing.expectedBy, now)[language]
  if (!standing.late) return { kind: 'wait', text: words.posting(name, by) }
  // A promised hour that has passed is told as passed.
  const text = standing.expectedBy > now ? words.late(name, by) : words.overdue(name, by)
  return { kind: 'soon', bold: words.lateBold, text }
}
