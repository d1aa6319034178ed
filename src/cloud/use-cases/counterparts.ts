import type { Characters, FileLine } from '../../core/file-line'

const BETWEEN = '\t'
const BETWEEN_CODE = BETWEEN.charCodeAt(0)
const END = '\n'
const END_CODE = END.charCodeAt(0)
const NAUGHT = '0'.charCodeAt(0)

type Said = Pick<FileLine<unknown>, 'number' | 'theirs' | 'amount'>

/**
 * Our lines of a day, that the lines of a file are held against, letter for letter: the hash of a number only says
 * where to look. They come in pieces, each line with its end, and stay as they came; a million take 80 MB.
 */
export function createCounterparts(pieces: readonly string[]) {
  const count = pieces.reduce((sum, piece) => sum + linesOf(piece), 0)
  const pieceOf = new Uint16Array(count)
  const starts = new Uint32Array(count)
  const isMet = new Uint8Array(count)
  // A power of two, at most half full: a free place is never far. In each stands a line, counted from 1.
  const places = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 1)))
  const last = places.length - 1

  let line = 0
  for (const [index, piece] of pieces.entries())
    for (let start = 0; start < piece.length; start = piece.indexOf(END, start) + 1) {
      let place = hashOf(piece, start, piece.indexOf(BETWEEN, start)) & last
      while (places[place] !== 0) place = (place + 1) & last
      pieceOf[line] = index
      starts[line] = start
      line += 1
      places[place] = line
    }

  function isSaidBy(own: number, { number, theirs, amount }: Said): boolean {
    const piece = pieces[pieceOf[own] as number] as string
    const start = starts[own] as number
    const next = start + number.length + 1
    const end = next + theirs.length
    return (
      has(piece, start, number) &&
      has(piece, next, theirs) &&
      piece.charCodeAt(next - 1) === BETWEEN_CODE &&
      piece.charCodeAt(end) === BETWEEN_CODE &&
      amountAt(piece, end + 1) === amount
    )
  }

  function textOf(own: number): string {
    const piece = pieces[pieceOf[own] as number] as string
    const start = starts[own] as number
    return piece.slice(start, piece.indexOf(END, start))
  }

  return {
    /** Whether a line of ours says the same, for the first time or again. */
    meet: (said: Said): 'first' | 'again' | undefined => {
      let place = hashOf(said.number, 0, said.number.length) & last
      let own = places[place] as number
      while (own !== 0 && !isSaidBy(own - 1, said)) {
        place = (place + 1) & last
        own = places[place] as number
      }
      if (own === 0) return undefined
      if (isMet[own - 1] === 1) return 'again'
      isMet[own - 1] = 1
      return 'first'
    },
    /** Our lines that nothing has met; no more than `most`. */
    unmet: (most: number): string[] => {
      const left: string[] = []
      for (let own = 0; own < count && left.length < most; own += 1)
        if (isMet[own] === 0) left.push(textOf(own))
      return left
    },
  }
}

function linesOf(piece: string): number {
  let lines = 0
  for (let end = piece.indexOf(END); end >= 0; end = piece.indexOf(END, end + 1)) lines += 1
  return lines
}

function has(piece: string, from: number, part: Characters): boolean {
  for (let at = 0; at < part.length; at += 1)
    if (piece.charCodeAt(from + at) !== part.charCodeAt(at)) return false
  return true
}

/** The whole number that ends a line. */
function amountAt(piece: string, from: number): number {
  let amount = 0
  for (let at = from; piece.charCodeAt(at) !== END_CODE; at += 1)
    amount = 10 * amount + piece.charCodeAt(at) - NAUGHT
  return amount
}

/** FNV-1a (isthe.com/chongo/tech/comp/fnv) over every third unit, the last one included: numbers differ in many. */
function hashOf(text: Characters, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = to - 1; at >= from; at -= 3)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
