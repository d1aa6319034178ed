import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { BoundAccount } from '../../../contract/list-accounts'
import { useModes } from '../../client/modes/use-modes'
import { resultUrl } from '../../client/payment/pay-url'
import type { PaymentToLookAt } from '../../client/payment/use-payment-to-look-at'
import { sayMoment } from '../../client/say-moment'
import type { HOME_WORDS } from '../../client/words/home'
import { Notice, type NoticeProps } from '../../ui/notice'

type HomeWords = (typeof HOME_WORDS)['zh']
type HomeNotice = Pick<NoticeProps, 'kind' | 'text' | 'icon'> & { url: string }

/** The one notice that matters most; the others unfold on a tap. */
export function HomeNotices({
  accounts,
  payment,
  words,
}: {
  accounts: readonly BoundAccount[]
  payment: PaymentToLookAt | undefined
  words: HomeWords
}) {
  const { language } = useModes()
  const [isOpen, setOpen] = useState(false)
  const notices = [
    ...(payment === undefined ? [] : [paymentNotice(payment, words)]),
    ...accounts.flatMap((account) => lateNotices(account, language, words)),
    ...accounts.flatMap((account) => spikeNotices(account, words)),
  ]
  const shown = isOpen ? notices : notices.slice(0, 1)
  return (
    <>
      {shown.map(({ url, ...notice }) => (
        <Notice key={notice.text} {...notice} onTap={() => void Taro.navigateTo({ url })} />
      ))}
      {isOpen || notices.length < 2 ? null : (
        <Notice kind="plain" text={words.more(notices.length - 1)} onTap={() => setOpen(true)} />
      )}
    </>
  )
}

function paymentNotice(
  { paymentId, amount, state }: PaymentToLookAt,
  words: HomeWords,
): HomeNotice {
  const url = resultUrl(paymentId)
  return state === 'paid'
    ? { kind: 'done', icon: 'receipt', text: words.paidMeanwhile(amount), url }
    : { kind: 'wait', text: words.unfinished, url }
}

function lateNotices(account: BoundAccount, language: 'zh' | 'en', words: HomeWords): HomeNotice[] {
  return account.bills.flatMap(({ billId, standing, total }) => {
    if (standing.kind !== 'unposted' || !standing.late) return []
    const now = Date.now()
    const said = words.latePosting(account.label, total, account.billerName[language])
    const by = words.knownBy(sayMoment(standing.expectedBy, now)[language])
    return [
      {
        kind: 'soon',
        text: standing.expectedBy > now ? `${said}${by}` : said.trim(),
        url: `/packages/bill/bill/index?account=${account.accountId}&bill=${billId}`,
      },
    ]
  })
}

function spikeNotices(
  { accountId, label, spikePercent }: BoundAccount,
  words: HomeWords,
): HomeNotice[] {
  if (spikePercent === undefined) return []
  return [
    {
      kind: 'soon',
      icon: 'leak',
      text: words.spike(label, spikePercent),
      url: `/packages/household/account/index?account=${accountId}`,
    },
  ]
}
