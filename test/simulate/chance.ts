/**
 * The one source of chance of a history. Each draw has a name, so that leaving one fault or one person
 * out changes no other draw: that is what lets a failing history be made shorter.
 */
export type Chance = ReturnType<typeof chanceOf>

export function chanceOf(seed: number) {
  /** 0 to 1, the same for the same name for ever. */
  const draw = (name: string): number => mixed(hashed(`${seed}/${name}`)) / 4_294_967_296
  const between = (name: string, least: number, most: number): number =>
    least + Math.floor(draw(name) * (most - least + 1))
  return {
    draw,
    /** A whole number, both ends included. */
    between,
    happens: (name: string, rate: number): boolean => draw(name) < rate,
    pick: <Value>(name: string, values: readonly Value[]): Value => {
      const value = values[between(name, 0, values.length - 1)]
      if (value === undefined) throw new Error(`nothing to pick from for ${name}`)
      return value
    },
    bytes: (name: string, count: number): Uint8Array =>
      Uint8Array.from({ length: count }, (_, index) => between(`${name}/${index}`, 0, 255)),
  }
}

/** FNV-1a, 32 bits. */
function hashed(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** The finish of MurmurHash3: near names give far numbers. */
function mixed(value: number): number {
  let mix = value
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 0
}
