import { useState } from 'react'
import { clockTimeOf } from '../../../../core/time'
import { callCloud } from '../../../client/cloud/call'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { refusalOf } from '../../../client/refusals'
import { CLERK_WORDS } from '../../../client/words/clerk'
import { Button } from '../../../ui/button'
import { Notice } from '../../../ui/notice'

/** Marks a receipt as printed, once. */
export function PrintButton({ receiptNumber }: { receiptNumber: string }) {
  const { language } = useModes()
  const words = useWords(CLERK_WORDS)
  const [isBusy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ kind: 'done' | 'soon'; text: string }>()
  const print = async () => {
    setBusy(true)
    const answer = await callCloud('print-receipt', { receiptNumber })
    setBusy(false)
    if (!answer.ok) {
      const { sentence } = refusalOf('print-receipt', answer.reason)
      return setSaid({ kind: 'soon', text: sentence({ ...answer.details })[language] })
    }
    const { printedAt, printedBy, again } = answer.reply
    const say = again ? words.printedBefore : words.printedNow
    setSaid({ kind: again ? 'soon' : 'done', text: say(clockTimeOf(printedAt), printedBy) })
  }
  if (said !== undefined) return <Notice kind={said.kind} text={said.text} />
  return (
    <Button
      kind="outline"
      text={isBusy ? words.printing : words.print}
      busy={isBusy}
      onTap={() => void print()}
    />
  )
}
