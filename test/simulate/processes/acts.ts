import { openBase } from '../base'
import { takeCounts } from '../branches/counts'
import { type CrashPoint, crashAt } from '../crashes/points'
import { recordSeed } from '../crashes/record'
import { liveHistory } from '../history'
import { liveSeeds } from '../seeds'
import { asText, shrink } from '../shrink'

const base = openBase()

/** What a process can be asked to do. */
const ACTS = {
  live: async (share: { from: number; count: number; untilFound?: boolean }) =>
    liveSeeds(await base, share),
  shorten: async (seed: number) => {
    const open = await base
    return asText(await shrink(open, await liveHistory(open, seed)))
  },
  record: async (asked: { seed: number; calmToo: boolean }) => recordSeed(await base, asked),
  crash: async (point: CrashPoint) => crashAt(await base, point),
  counts: async () => takeCounts(),
}
export type Act = keyof typeof ACTS
export type Given<A extends Act> = Parameters<(typeof ACTS)[A]>[0]
export type Answer<A extends Act> = Awaited<ReturnType<(typeof ACTS)[A]>>
export type Asked = { act: Act; given: unknown }

export function answer({ act, given }: Asked): Promise<unknown> {
  return (ACTS[act] as (given: unknown) => Promise<unknown>)(given)
}
