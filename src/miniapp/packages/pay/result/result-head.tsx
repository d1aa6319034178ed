import { View } from '@tarojs/components'
import type { PaymentItem } from '../../../../contract/get-payment'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import type { SheetReturn } from '../../../client/payment/open-sheet'
import { sayClock, sayDateAndTime, sayMoment } from '../../../client/say-moment'
import { RESULT_WORDS } from '../../../client/words/result'
import { Amount } from '../../../ui/amount'
import { Icon } from '../../../ui/icon'
import { Notice, type NoticeProps } from '../../../ui/notice'
import { byCare, type PaymentReply, type PaymentStanding } from './payment-standing'
import { useHotline } from './use-hotline'

const LOOK: Record<PaymentStanding, { icon: string; colour: string }> = {
  waiting: { icon: 'wait', colour: 'c-wait' },
  open: { icon: 'wait', colour: 'c-wait' },
  closed: { icon: 'later', colour: 'c-2' },
  returned: { icon: 'refund', colour: 'c-soon' },
  late: { icon: 'late', colour: 'c-soon' },
  undoable: { icon: 'wait', colour: 'c-wait' },
  undone: { icon: 'refund', colour: 'c-2' },
  givenBack: { icon: 'refund', colour: 'c-2' },
  posting: { icon: 'wait', colour: 'c-wait' },
  done: { icon: 'done', colour: 'c-done' },
}

/** What the head is said from: the payment, and whether the resident was seen leaving the sheet. */
type Facts = { reply: PaymentReply; standing: PaymentStanding; hasLeft: boolean }
type Speech = { language: 'zh' | 'en'; words: (typeof RESULT_WORDS)['zh'] }

/** The page's sentence, its amount, and what to do or not to do. */
export function ResultHead({
  reply,
  standing,
  sheet,
}: {
  reply: PaymentReply
  standing: PaymentStanding
  sheet: SheetReturn | undefined
}) {
  const { language } = useModes()
  const words = useWords(RESULT_WORDS)
  const { icon, colour } = LOOK[standing]
  const [first] = byCare(reply.items)
  const hotline = useHotline(standing === 'returned' ? first?.billerId : undefined)
  const hasLeft = sheet === 'cancelled' || sheet === 'failed'
  const facts = { reply, standing, hasLeft }
  const title = titleOf(facts, { language, words })
  const notice = noticeOf(facts, { language, words }, hotline)
  const paidAt = first?.trail.find((step) => step.kind === 'wechat')?.at
  const isUnknown = standing === 'waiting' || (standing === 'open' && !hasLeft)
  return (
    <>
      <View className="total">
        <View className={`ttl rowline ${colour}`} ariaRole="status" ariaLabel={title}>
          <Icon name={icon} />
          <View className="grow">{title}</View>
        </View>
        <Amount amount={reply.amount} />
        {paidAt === undefined ? null : (
          <View className="sub">{words.paidAt(sayDateAndTime(paidAt)[language])}</View>
        )}
        {isUnknown ? <View className="sub">{words.started}</View> : null}
      </View>
      {notice === undefined ? null : <Notice {...notice} />}
    </>
  )
}

function titleOf({ reply, standing, hasLeft }: Facts, { language, words }: Speech): string {
  const items = byCare(reply.items)
  const [first] = items
  const name = first?.billerName[language] ?? ''
  return {
    waiting: words.waitingTitle,
    open: hasLeft ? words.openTitle : words.waitingTitle,
    closed: words.closedTitle,
    returned: first?.duplicate === true ? words.duplicateTitle : words.returnedTitle(name),
    late: words.lateTitle(name),
    undoable: words.postingTitle,
    undone: words.undoneTitle(name),
    givenBack: words.givenBackTitle(name),
    posting: words.postingTitle,
    done: words.doneTitle(new Set(items.map((item) => item.billerId)).size, name),
  }[standing]
}

/** What became of money that nobody could use. */
function returnedOf(item: PaymentItem, { language, words }: Speech): string {
  const arrivedAt = item.trail.find((step) => step.kind === 'refund-arrived')?.at
  if (arrivedAt !== undefined)
    return words.refunded(item.amount, sayDateAndTime(arrivedAt)[language])
  if (item.trail.some((step) => step.kind === 'person')) return words.withPerson
  return words.returned(item.amount)
}

function noticeOf(
  { reply, standing, hasLeft }: Facts,
  { language, words }: Speech,
  hotline: string | undefined,
): NoticeProps | undefined {
  const [first] = byCare(reply.items)
  const name = first?.billerName[language] ?? ''
  const companies = new Set(reply.items.map((item) => item.billerId)).size
  const until = sayClock(reply.expiresAt)
  const returned = first === undefined ? '' : returnedOf(first, { language, words })
  const ask = hotline === undefined ? '' : words.askBiller(name, hotline)
  const notices: Record<PaymentStanding, NoticeProps | undefined> = {
    waiting: { kind: 'wait', bold: words.waitingBold, text: words.waiting },
    open: hasLeft
      ? { kind: 'wait', bold: words.openBold, text: words.open(until) }
      : { kind: 'wait', bold: words.unsureBold, text: words.unsure(until) },
    closed: { kind: 'plain', text: words.closed },
    returned: { kind: 'soon', bold: words.returnedBold, text: `${returned}${ask}` },
    late: { kind: 'soon', bold: words.lateBold, text: words.late },
    undoable: {
      kind: 'wait',
      bold: words.undoableBold(sayMoment(first?.undoUntil ?? 0, Date.now())[language]),
      text: words.undoable(name),
    },
    undone: { kind: 'plain', icon: 'refund', text: `${returned}${words.undoneStill}` },
    givenBack: { kind: 'plain', icon: 'refund', text: returned },
    posting: { kind: 'wait', text: words.posting(words.several(name, companies)) },
    done: undefined,
  }
  return notices[standing]
}
