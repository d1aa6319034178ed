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

const KINDS = ['crash-before', 'crash-after'] as const
/** A crash changes what comes after it: another history may come where the likeliest did not. */
const PLACES = 3
const OFTEN_ENOUGH = 4
/** What changes something, here or at a neighbour; a crash beside a mere look is the same as none. */
const CHANGES =
  /→ (we-chat\.(order|close|refund|report)|biller\.post$)|→ database\.(payment-(start|await|claim-ask|close|record-paid)|outbox-(claim|postpone|finish|hand)|task-|item-|bill-(credit|put)|refund-(request|sent|finish)|attempt)/

/** A crash before and after every step, and every two crashes at steps that change something. */
export function crashPoints(recorded: readonly Recorded[]): CrashPoint[] {
  const histories = recorded.flatMap(({ seed, calm, ordinary }) => [
    { seed, isCalm: true, sites: calm },
    { seed, isCalm: false, sites: ordinary },
  ])
  const sites = [...new Set(histories.flatMap((history) => history.sites))].sort()
  const changing = sites.filter((site) => CHANGES.test(site))
  const alone = sites.flatMap((site) => {
    const places = likeliest(histories, (own) => own.filter((one) => one === site).length)
    return KINDS.map((kind) => ({ crashes: [{ site, kind }], places }))
  })
  const pairs = changing.flatMap((first) =>
    changing.flatMap((second) => {
      const places = likeliest(histories, (own) => {
        const from = own.indexOf(first)
        return from === -1 ? 0 : own.slice(from + 1).filter((one) => one === second).length
      })
      return KINDS.flatMap((one) =>
        KINDS.map((other) => ({
          crashes: [
            { site: first, kind: one },
            { site: second, kind: other },
          ],
          places,
        })),
      )
    }),
  )
  return [...alone, ...pairs]
}

type History = Place & { sites: string[] }

/** The histories that come there most often, those without other faults first. */
function likeliest(
  histories: readonly History[],
  timesOf: (sites: readonly string[]) => number,
): Place[] {
  return histories
    .map(({ seed, isCalm, sites }) => ({
      seed,
      isCalm,
      times: Math.min(timesOf(sites), OFTEN_ENOUGH),
    }))
    .filter(({ times }) => times > 0)
    .sort((one, other) => other.times - one.times || Number(other.isCalm) - Number(one.isCalm))
    .slice(0, PLACES)
    .map(({ seed, isCalm }) => ({ seed, isCalm }))
}

/** Dies there, and holds every law against what follows. */
export async function crashAt(base: Base, { crashes, places }: CrashPoint): Promise<Crashed> {
  for (const place of places) {
    const { seed, isCalm } = place
    const lived = await liveHistory(base, seed, { forced: crashes, besides: !isCalm })
    const { notReached, violations } = lived
    if (notReached === 0 || violations.length > 0)
      return { crashes, visited: notReached === 0, violations, place }
  }
  return { crashes, visited: false, violations: [] }
}
