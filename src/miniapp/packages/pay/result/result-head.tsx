import { View } from '@tarojs/components'
import { clockTimeOf } from '../../../../core/time'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayDateAndTime } from '../../../client/say-moment'
import { RESULT_WORDS } from '../../../client/words/result'
import { Amount } from '../../../ui/amount'
import { Icon } from '../../../ui/icon'
import { Notice } from '../../../ui/notice'
import { byCare, type PaymentReply, type PaymentStanding } from './payment-standing'

const LOOK: Record<PaymentStanding, { icon: string; colour: string }> = {
  waiting: { icon: 'wait', colour: 'c-wait' },
  open: { icon: 'wait', colour: 'c-wait' },
  closed: { icon: 'later', colour: 'c-2' },
  returned: { icon: 'refund', colour: 'c-soon' },
  late: { icon: 'late', colour: 'c-soon' },
  posting: { icon: 'wait', colour: 'c-wait' },
  done: { icon: 'done', colour: 'c-done' },
}

/** The page's sentence, its amount, and what to do or not to do. */
export function ResultHead({
  reply,
  standing,
}: {
  reply: PaymentReply
  standing: PaymentStanding
}) {
  const { language } = useModes()
  const words = useWords(RESULT_WORDS)
  const { icon, colour } = LOOK[standing]
  const items = byCare(reply.items)
  const [first] = items
  const name = first?.billerName[language] ?? ''
  const companies = new Set(items.map((item) => item.billerId)).size
  const title = {
    waiting: words.waitingTitle,
    open: words.openTitle,
    closed: words.closedTitle,
    returned: first?.duplicate === true ? words.duplicateTitle : words.returnedTitle(name),
    late: words.lateTitle(name),
    posting: words.postingTitle,
    done: words.doneTitle(companies, name),
  }[standing]
  const paidAt = first?.trail.find((step) => step.kind === 'wechat')?.at
  const notice = {
    waiting: { kind: 'wait', bold: words.waitingBold, text: words.waiting },
    open: { kind: 'wait', bold: words.openBold, text: words.open(clockTimeOf(reply.expiresAt)) },
    closed: { kind: 'plain', text: words.closed },
    returned: {
      kind: 'soon',
      bold: words.returnedBold,
      text: first === undefined ? '' : words.returned(first.amount),
    },
    late: { kind: 'soon', bold: words.lateBold, text: words.late },
    posting: { kind: 'wait', text: words.posting(words.several(name, companies)) },
    done: undefined,
  } as const
  const said = notice[standing]
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
        {standing === 'waiting' ? <View className="sub">{words.started}</View> : null}
      </View>
      {said === undefined ? null : <Notice {...said} />}
    </>
  )
}
