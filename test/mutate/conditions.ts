import { closing, findOutside, type Token, textOf, wordsAt } from './tokens'

/** A part of a text, by the places of its tokens; the end is not in it. */
export type Range = { from: number; to: number }

/** What begins a condition, and what ends it. */
const ENDS = new Map([
  ['where', ['for', 'returning', 'limit', 'order', 'group', 'union', 'loop', ';']],
  ['if', ['then']],
  ['elsif', ['then']],
  ['when', ['then']],
  ['on', ['where', 'join', 'loop', 'order', ';']],
  ['check', [';']],
  ['then', ['when', 'else', 'end']],
  ['else', ['end']],
])
/** A value in one of these places is a condition only when it compares. */
const MAY_BE_VALUES = ['when', 'on', 'then', 'else']
const COMPARES = /[<>=]|\bis\b|\bexists\b|\bin\b|\bany\b/i

/** Every place where something has to hold: where, if, elsif, when, on, check, and the branches of a case. */
export function conditionsOf(tokens: readonly Token[]): Range[] {
  const found: Range[] = []
  let cases = 0
  let previous = ''
  for (const [at, { text, kind }] of tokens.entries()) {
    const before = previous
    const word = kind === 'word' ? text.toLowerCase() : ''
    if (kind !== 'gap') previous = word
    if (word === 'case') cases += 1
    if (word === 'end' && cases > 0) cases -= 1
    const ends = ENDS.get(word)
    const isBranch = word === 'then' || word === 'else'
    if (ends === undefined || (isBranch && cases === 0) || before === 'end') continue
    if (wordsAt(tokens, at, ['on', 'conflict']) !== undefined) continue
    const range = trimmed(tokens, {
      from: at + 1,
      to: findOutside(tokens, at + 1, (token) => ends.includes(token.text.toLowerCase())),
    })
    const inside = textOf(tokens.slice(range.from, range.to))
    if (!MAY_BE_VALUES.includes(word) || COMPARES.test(inside)) found.push(range)
  }
  return found
}

/** A term of a condition, and what it may be replaced with so that it says nothing. */
export type Term = Range & { neutral: readonly ('true' | 'false')[] }

/** What a condition is made of, also inside its parentheses: each may be left out. */
export function termsOf(tokens: readonly Token[], condition: Range): Term[] {
  const range = trimmed(tokens, condition)
  if (tokens[range.from]?.text === '(' && closing(tokens, range.from) === range.to - 1)
    return termsOf(tokens, { from: range.from + 1, to: range.to - 1 })
  const parts = split(tokens, range)
  if (parts.length === 1) return [{ ...range, neutral: ['true', 'false'] }]
  return parts.flatMap(({ joined, ...part }) => {
    const own: Term = { ...part, neutral: [joined === 'and' ? 'true' : 'false'] }
    const inside = grouped(tokens, part)
    return inside === undefined ? [own] : [own, ...termsOf(tokens, inside)]
  })
}

/** The inside of a term in parentheses that joins several terms. */
function grouped(tokens: readonly Token[], part: Range): Range | undefined {
  if (tokens[part.from]?.text !== '(' || closing(tokens, part.from) !== part.to - 1)
    return undefined
  const inside = { from: part.from + 1, to: part.to - 1 }
  return split(tokens, inside).length > 1 ? inside : undefined
}

function split(tokens: readonly Token[], range: Range): (Range & { joined: 'and' | 'or' })[] {
  const parts: (Range & { joined: 'and' | 'or' })[] = []
  let before: 'and' | 'or' | undefined
  for (let from = range.from; from <= range.to; ) {
    const to = Math.min(
      range.to,
      findOutside(tokens, from, ({ text }) => /^(and|or)$/i.test(text)),
    )
    const word = to < range.to ? (tokens[to]?.text.toLowerCase() as 'and' | 'or') : undefined
    // `and` binds closer than `or`: a term beside an `and` is left out as true.
    const joined =
      before === 'and' || word === 'and' || (before ?? word) === undefined ? 'and' : 'or'
    parts.push({ ...trimmed(tokens, { from, to }), joined })
    before = word
    from = to + 1
  }
  return parts
}

function trimmed(tokens: readonly Token[], range: Range): Range {
  let { from, to } = range
  while (from < to && tokens[from]?.kind === 'gap') from += 1
  while (to > from && tokens[to - 1]?.kind === 'gap') to -= 1
  return { from, to }
}
