import type { FoundDifference, PlayedDay } from './play-day'

export type Tally = {
  planted: number
  found: number
  /** Planted and not found. */
  missed: number
  /** Found and not planted. */
  invented: number
  /** Found, and ended otherwise than is safe. */
  misdone: number
  done: number
  waiting: number
  person: number
}

export type Verdict = {
  byReason: Map<string, Tally>
  byOwner: Map<string, Tally>
  all: Tally
  /** What was missed, invented or misdone, for whoever has to look. */
  wrong: string[]
}

const NONE: Tally = {
  planted: 0,
  found: 0,
  missed: 0,
  invented: 0,
  misdone: 0,
  done: 0,
  waiting: 0,
  person: 0,
}

const keyOf = (one: { paymentId: string; ownerId: string; source: string; reason: string }) =>
  `${one.paymentId} ${one.ownerId} ${one.source} ${one.reason}`

/** What was found on the day against what was planted, by reason and by whose file it is. */
export function judgeDay({
  expected,
  found,
  unsafe = [],
  disturbed = [],
}: Pick<PlayedDay, 'expected' | 'found'> &
  Partial<Pick<PlayedDay, 'unsafe' | 'disturbed'>>): Verdict {
  const verdict: Verdict = { byReason: new Map(), byOwner: new Map(), all: { ...NONE }, wrong: [] }
  const count = (one: { reason: string; ownerId: string }, names: readonly (keyof Tally)[]) => {
    const tallies = [
      tallyOf(verdict.byReason, one.reason),
      tallyOf(verdict.byOwner, one.ownerId),
      verdict.all,
    ]
    for (const tally of tallies) for (const name of names) tally[name] += 1
  }
  const left = new Map(found.map((one) => [keyOf(one), one]))
  for (const one of expected) {
    const match = left.get(keyOf(one))
    left.delete(keyOf(one))
    count(one, match === undefined ? ['planted', 'missed'] : ['planted', 'found', endOf(match)])
    if (match === undefined) verdict.wrong.push(`missed: ${one.kind}, ${keyOf(one)}`)
    else if (match.state !== one.ends) {
      count(one, ['misdone'])
      verdict.wrong.push(`${match.state}, not ${one.ends}: ${one.kind}, ${match.outcome}`)
    }
  }
  for (const one of unsafe) {
    count(one, ['misdone'])
    verdict.wrong.push(`not what is safe was done: ${one.kind}, ${keyOf(one)}`)
  }
  verdict.all.misdone += disturbed.length
  for (const one of disturbed)
    verdict.wrong.push(`nothing was planted in ${one}, and it was changed`)
  for (const one of left.values()) {
    count(one, ['found', 'invented'])
    verdict.wrong.push(`invented: ${one.action} ${one.state} ${keyOf(one)}`)
  }
  if (found.length !== new Set(found.map(keyOf)).size) verdict.wrong.push('one was found twice')
  return verdict
}

/** What the day after brought beside the other halves of what was cut at midnight, which it must end. */
export function judgeNextDay({
  expected,
  found,
  foundNextDay,
}: Pick<PlayedDay, 'expected' | 'found' | 'foundNextDay'>): string[] {
  const paired = expected.filter((one) => one.isPairedNextDay === true)
  const isPaired = (one: FoundDifference) =>
    paired.some((other) => keyOf(other) === keyOf(one)) && one.state === 'done'
  const known = new Map(found.map((one) => [`${one.day} ${keyOf(one)}`, one]))
  const further = foundNextDay.filter((one) => !known.has(`${one.day} ${keyOf(one)}`))
  const wrong = further.filter((one) => !isPaired(one)).map((one) => `invented: ${keyOf(one)}`)
  if (further.length !== paired.length)
    wrong.push(`${further.length} other halves, not ${paired.length}`)
  const waiting = foundNextDay.filter((one) => one.state === 'open')
  return [...wrong, ...waiting.map((one) => `still open: ${keyOf(one)} ${one.outcome}`)]
}

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const tally = tallies.get(name) ?? { ...NONE }
  tallies.set(name, tally)
  return tally
}

function endOf({ state }: FoundDifference): 'done' | 'waiting' | 'person' {
  return state === 'open' ? 'waiting' : state
}

export function isPerfect({ wrong }: Verdict, played: PlayedDay): boolean {
  return (
    wrong.length === 0 &&
    judgeNextDay(played).length === 0 &&
    played.isUnchangedBySecondRun &&
    played.ledgerFen === 0
  )
}
