import { View } from '@tarojs/components'
import Taro, { useRouter } from '@tarojs/taro'
import { formatYuan } from '../../../../core/money'
import { dateOf } from '../../../../core/time'
import { ListEnd } from '../../../client/cloud/list-end'
import { OldData } from '../../../client/cloud/old-data'
import { Unanswered } from '../../../client/cloud/unanswered'
import { usePages } from '../../../client/cloud/use-pages'
import { usePullToRefresh } from '../../../client/cloud/use-pull-to-refresh'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { sayDate, sayMonth } from '../../../client/say-moment'
import { RECEIPT_WORDS } from '../../../client/words/receipt'
import { AccountRow } from '../../../ui/account-row'
import { Empty } from '../../../ui/empty'
import { Link } from '../../../ui/link'
import { Page } from '../../../ui/page'
import { receiptState, STATE_TAG } from '../receipt-state'

/** All receipts, newest first; or those of one payment, or of one account. */
export default function Receipts() {
  const modes = useModes()
  const words = useWords(RECEIPT_WORDS)
  useTitle(words.listTitle)
  const { paymentId, accountId } = useRouter().params
  const receipts = usePages('list-receipts', {
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(accountId === undefined ? {} : { accountId }),
  })
  usePullToRefresh(receipts.reload)
  const { language } = modes
  if (receipts.reply === undefined) {
    return (
      <Page modes={modes}>
        <Unanswered name="list-receipts" call={receipts} rows={5} />
      </Page>
    )
  }
  if (receipts.rows.length === 0) {
    const home = () => void Taro.switchTab({ url: '/pages/home/index' })
    return (
      <Page modes={modes}>
        <OldData call={receipts} />
        <Empty
          title={words.none}
          text={words.noneNote}
          button={{ text: words.toHome, onTap: home }}
        />
      </Page>
    )
  }
  return (
    <Page modes={modes}>
      <OldData call={receipts} />
      {receipts.hasNewer ? (
        <View className="links">
          <Link text={words.newest} onTap={() => void receipts.reload()} />
        </View>
      ) : null}
      <View className="card flush">
        {receipts.rows.map((row) => {
          const state = receiptState(row)
          return (
            <AccountRow
              key={row.receiptNumber}
              service={row.service}
              name={[row.household, row.billerName[language]].filter(Boolean).join(' · ')}
              note={words.rowNote(
                sayMonth(row.month)[language],
                sayDate(dateOf(row.paidAt))[language],
              )}
              amount={formatYuan(row.amount)}
              quiet
              tag={{ kind: STATE_TAG[state], text: words.states[state] }}
              onTap={() =>
                void Taro.navigateTo({
                  url: `/packages/receipt/receipt/index?receipt=${row.receiptNumber}`,
                })
              }
            />
          )
        })}
      </View>
      <ListEnd name="list-receipts" list={receipts} words={words} />
    </Page>
  )
}
