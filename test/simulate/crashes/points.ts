import type { Base } from '../base'
import type { ForcedFault } from '../faults'
import { liveHistory } from '../history'
import type { Recorded } from './record'

/** Where to die: in which seed, and whether its steps have no faults besides. */
type Place = { seed: number; isCalm: boolean }
/** One place to die at, or two one after the other, and the histories that come there, likeliest first. */
export type CrashPoint = { crashes: ForcedFault[]; places: Place[] }
export type Crashed = {
  crashes: ForcedFault[]
  visited: boolean
  violations: string[]
  place?: Place
}

/** In so many histories two steps, one after the other, are looked for. */
export const SEEDS_FOR_PAIRS = 200
const KINDS = ['crash-before', 'crash-after'] as const
/** A crash changes what comes after it: another history may come where the likeliest did not. */
const PLACES = 6
/** Where none of those comes, these are tried. */
const FURTHER: readonly Place[] = Array.from({ length: 2_000 }, (_, index) => ({
  seed: SEEDS_FOR_PAIRS + 1 + index,
  isCalm: index % 2 === 0,
}))
const OFTEN_ENOUGH = 3
/** What moves money, or writes that it moved or is to move; a crash beside a mere look is the same as none. */
const MOVES = new RegExp(
  `→ (${[
    'we-chat\\.(order|close|refund)',
    'biller\\.(post|reverse)',
    'database\\.payment-(start|await|close|claim-ask|record-paid)',
    'database\\.(bill-credit|receipt-sign|item-[a-z-]+|task-fail)',
    'database\\.outbox-(claim|finish|postpone|hand-to-person)',
    'database\\.refund-(ask|approve|decline|request|begin|reversed|sent|take-in|finish|end-task)',
  ].join('|')})$|^database\\.refund-`,
)
/** What matches a day, hours after all that moves money. */
const MATCHES =
  /→ database\.(file-(claim|stage|refuse|finish)|trades-(stage|clear)|postings-(stage|clear)|differences-note|difference-tell|wallet-movement-record)$/

/**
 * A crash before and after every step, and every two at steps that move money, or match a day, where some
 * history comes to the second after the first.
 */
export function crashPoints(recorded: readonly Recorded[]): CrashPoint[] {
  const histories = recorded.flatMap(({ seed, calm, ordinary }) => [
    ...(calm === undefined ? [] : [{ seed, isCalm: true, sites: calm }]),
    { seed, isCalm: false, sites: ordinary },
  ])
  // An outage begins when it begins: a first crash moves all steps, and it meets others.
  const steady = recorded.flatMap(({ seed, calm, ordinary, isInterrupted }) =>
    calm === undefined || isInterrupted
      ? []
      : [
          { seed, isCalm: true, sites: calm },
          { seed, isCalm: false, sites: ordinary },
        ],
  )
  const sites = [...new Set(histories.flatMap((history) => history.sites))].sort()
  const alone = sites.flatMap((site) => {
    const places = likeliest(histories, (own) => own.filter((one) => one === site).length)
    return KINDS.map((kind) => ({ crashes: [{ site, kind }], places }))
  })
  const pairs = [MOVES, MATCHES].flatMap((which) => {
    const own = sites.filter((site) => which.test(site))
    return own.flatMap((first) => own.map((second) => [first, second] as const))
  })
  const inPairs = pairs.flatMap(([first, second]) => {
    const places = likeliest(steady, (own) => {
      const from = own.indexOf(first)
      return from === -1 ? 0 : own.slice(from + 1).filter((one) => one === second).length
    })
    if (places.length === 0) return []
    return KINDS.flatMap((one) =>
      KINDS.map((other) => ({
        crashes: [
          { site: first, kind: one },
          { site: second, kind: other },
        ],
        places,
      })),
    )
  })
  return [...alone, ...inPairs]
}

type History = Place & { sites: string[] }

/** The histories that come there often enough, the shortest of them first. */
function likeliest(
  histories: readonly History[],
  timesOf: (sites: readonly string[]) => number,
): Place[] {
  return histories
    .map(({ seed, isCalm, sites }) => ({
      seed,
      isCalm,
      length: sites.length,
      times: Math.min(timesOf(sites), OFTEN_ENOUGH),
    }))
    .filter(({ times }) => times > 0)
    .sort((one, other) => other.times - one.times || one.length - other.length)
    .slice(0, PLACES)
    .map(({ seed, isCalm }) => ({ seed, isCalm }))
}

/** Dies there, and holds every law against what follows. */
export async function crashAt(base: Base, { crashes, places }: CrashPoint): Promise<Crashed> {
  for (const place of [...places, ...FURTHER]) {
    const { seed, isCalm } = place
    const lived = await liveHistory(base, seed, { forced: crashes, besides: !isCalm })
    const { notReached, violations } = lived
    if (notReached === 0 || violations.length > 0)
      return { crashes, visited: notReached === 0, violations, place }
  }
  return { crashes, visited: false, violations: [] }
}
