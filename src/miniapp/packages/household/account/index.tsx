import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { isOld, OldData } from '../../../client/cloud/old-data'
import { Unanswered } from '../../../client/cloud/unanswered'
import { useCall } from '../../../client/cloud/use-call'
import { usePullToRefresh } from '../../../client/cloud/use-pull-to-refresh'
import { useTitle } from '../../../client/i18n/use-title'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { ACCOUNT_WORDS } from '../../../client/words/account'
import { Notice } from '../../../ui/notice'
import { Page } from '../../../ui/page'
import { AccountFoot } from './account-foot'
import { AccountHead } from './account-head'
import { Links } from './links'
import { RenameSheet } from './rename-sheet'
import { Tiers } from './tiers'
import { UnbindSheet } from './unbind-sheet'
import { Usage } from './usage'

/** One account: what is owed, the step it is in, how much it uses. */
export default function Account() {
  const modes = useModes()
  const words = useWords(ACCOUNT_WORDS)
  const { params } = useRouter()
  const { account: accountId } = params
  const [sheet, setSheet] = useState<'rename' | 'unbind'>()
  const call = useCall('get-account', accountId === undefined ? null : { accountId }, {
    keep: accountId ?? 'none',
  })
  usePullToRefresh(call.reload)
  const { reply } = call
  useTitle(reply === undefined ? '' : `${reply.account.household} · ${reply.account.label}`)
  if (reply === undefined) {
    return (
      <Page modes={modes}>
        <Unanswered name="get-account" call={call} />
      </Page>
    )
  }
  const close = () => setSheet(undefined)
  return (
    <Page
      modes={modes}
      foot={<AccountFoot reply={reply} isOld={isOld(call)} />}
      over={
        sheet === 'rename' ? (
          <RenameSheet account={reply.account} onClose={close} onSaved={call.reload} />
        ) : sheet === 'unbind' ? (
          <UnbindSheet account={reply.account} onClose={close} />
        ) : null
      }
    >
      <OldData call={call} pays />
      <AccountHead reply={reply} />
      {reply.account.spikePercent === undefined ? null : (
        <Notice kind="soon" icon="leak" text={words.spike(reply.account.spikePercent)} />
      )}
      <Tiers reply={reply} />
      <Usage reply={reply} />
      <Links
        reply={reply}
        onRename={() => setSheet('rename')}
        onUnbind={() => setSheet('unbind')}
      />
    </Page>
  )
}
