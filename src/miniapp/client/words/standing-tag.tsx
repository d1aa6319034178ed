import type { BillStanding } from '../../../contract/list-accounts'
import { dueState } from '../../../core/due-state'
import { type DateText, dateOf } from '../../../core/time'
import { Tag, type TagKind } from '../../ui/tag'
import { useWords } from '../i18n/use-words'
import { sayClock } from '../say-moment'
import { STANDING_WORDS } from './standing'

type StandingWords = (typeof STANDING_WORDS)['zh']

/** A bill's state as a tag, the same words on every page. */
export function StandingTag({ standing, dueOn }: { standing: BillStanding; dueOn: DateText }) {
  const words = useWords(STANDING_WORDS)
  return <Tag {...standingTag(standing, dueOn, words, dateOf(Date.now()))} />
}

/** The tag of a standing; `today` decides between late and days left. */
export function standingTag(
  standing: BillStanding,
  dueOn: DateText,
  words: StandingWords,
  today: DateText,
): { kind: TagKind; text: string; icon?: string } {
  switch (standing.kind) {
    case 'due': {
      const { kind, days } = dueState(dueOn, today)
      if (kind === 'late') return { kind, text: words.late(days) }
      return { kind: kind === 'soon' ? 'soon' : 'mute', text: words.left(days) }
    }
    case 'paying': {
      const until = sayClock(standing.until)
      const text = standing.mine
        ? words.mine(until)
        : words.paying(standing.payer ?? words.relative, until)
      return { kind: 'wait', text, icon: 'lock' }
    }
    case 'unposted':
      return standing.late
        ? { kind: 'soon', text: words.slow }
        : { kind: 'wait', text: words.unposted }
    case 'posted':
      return { kind: 'done', text: words.posted }
    case 'rejected':
      return { kind: 'soon', text: words.rejected }
    case 'paid-elsewhere':
    case 'void':
      return { kind: 'mute', text: words[standing.kind] }
  }
}
