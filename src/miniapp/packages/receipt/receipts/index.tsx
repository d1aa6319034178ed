import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { formatYuan } from '../../../../core/money'
import { dateOf } from '../../../../core/time'
import { usePages } from '../../../client/cloud/use-pages'
import { usePullToRefresh } from '../../../client/cloud/use-pull-to-refresh'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { sayDate, sayMonth } from '../../../client/say-moment'
import { RECEIPT_WORDS } from '../../../client/words/receipt'
import { SHELL_WORDS } from '../../../client/words/shell'
import { AccountRow } from '../../../ui/account-row'
import { Empty } from '../../../ui/empty'
import { Failure } from '../../../ui/failure'
import { Page } from '../../../ui/page'
import { Skeleton } from '../../../ui/skeleton'
import { STATE_TAG } from '../state-tag'

/** All receipts, newest first; or those of one payment. */
export default function Receipts() {
  const modes = useModes()
  const words = useWords(RECEIPT_WORDS)
  const shell = useWords(SHELL_WORDS)
  useTitle(words.listTitle)
  const { paymentId } = useRouter().params
  const receipts = usePages('list-receipts', paymentId === undefined ? {} : { paymentId })
  usePullToRefresh(receipts.reload)
  const { language } = modes
  return (
    <Page modes={modes}>
      {receipts.rows.length === 0 ? null : (
        <View className="card flush">
          {receipts.rows.map((row) => (
            <AccountRow
              key={row.receiptNumber}
              service={row.service}
              name={`${row.household} · ${row.billerName[language]}`}
              note={words.rowNote(
                sayMonth(row.month)[language],
                sayDate(dateOf(row.paidAt))[language],
              )}
              amount={formatYuan(row.amount)}
              quiet
              tag={{ kind: STATE_TAG[row.state], text: words.states[row.state] }}
              onTap={() =>
                void Taro.navigateTo({
                  url: `/packages/receipt/receipt/index?receipt=${row.receiptNumber}`,
                })
              }
            />
          ))}
        </View>
      )}
      {rest()}
    </Page>
  )

  function rest() {
    if (receipts.refusal !== undefined) {
      const { sentence } = refusalOf('list-receipts', receipts.refusal.reason)
      return (
        <Failure
          sentence={sentence({ ...receipts.refusal.details })[language]}
          retry={{ text: shell.retry, onTap: () => void receipts.reload() }}
        />
      )
    }
    if (receipts.isLoading && receipts.rows.length === 0) {
      return <Skeleton rows={5} label={shell.loading} />
    }
    if (receipts.rows.length > 0) {
      return <View className="cap centred">{receipts.hasMore ? words.more : words.end}</View>
    }
    const home = () => void Taro.switchTab({ url: '/pages/home/index' })
    return (
      <Empty
        title={words.none}
        text={words.noneNote}
        button={{ text: words.toHome, onTap: home }}
      />
    )
  }
}
