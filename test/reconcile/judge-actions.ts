import type { Became } from './became'
import type { Expected, IsSafe } from './expected'
import type { MadeItem, MadePayment } from './made-day'
import { isUntouched } from './safe-ends'

/** The day's bills by their postings' ids: as planted, after the first run, and when the day after is over. */
type Looked = Record<'asPlanted' | 'afterRun' | 'atLast', ReadonlyMap<string, Became>>

/** What was done on all sides, against what is safe: of every planted bill that, and of any other bill nothing. */
export function judgeActions(
  day: readonly MadePayment[],
  expected: readonly Expected[],
  { asPlanted, afterRun, atLast }: Looked,
): { unsafe: Expected[]; disturbed: string[] } {
  const isWell = (item: MadeItem, isSafeAtOnce: IsSafe, isSafe: IsSafe) => {
    const [before, once, last] = [asPlanted, afterRun, atLast].map((at) => at.get(item.postingId))
    if (before === undefined || once === undefined || last === undefined) return false
    return isSafeAtOnce(once, item, before) && isSafe(last, item, before)
  }
  const planted = new Set(expected.map((one) => one.planted.item))
  const others = day.flatMap(({ items }) => items).filter((item) => !planted.has(item))
  return {
    unsafe: expected.filter((one) => !isWell(one.planted.item, one.isSafeAtOnce, one.isSafe)),
    disturbed: others
      .filter((item) => !isWell(item, isUntouched, isUntouched))
      .map((item) => item.postingId),
  }
}
