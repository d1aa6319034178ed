/** The one source of chance of a simulator: the same seed gives the same sequence (mulberry32). */
export type Chance = {
  /** 0 to 1. */
  next: () => number
  /** True with the given probability. */
  happens: (rate: number) => boolean
}

export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next, happens: (rate) => rate > 0 && next() < rate }
}
