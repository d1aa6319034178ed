import { conditionsOf, type Range, termsOf } from './conditions'
import { closing, findOutside, type Token, textOf, wordsAt } from './tokens'

/** One small mistake in a text: the tokens from..to become `put`. */
export type Edit = Range & { what: string; put: string }

/** Every mistake that a hurried hand could make in a piece of SQL, one at a time. */
export function editsOf(tokens: readonly Token[]): Edit[] {
  return [
    ...predicates(tokens),
    ...comparisons(tokens),
    ...locks(tokens),
    ...signs(tokens),
    ...sides(tokens),
    ...answers(tokens),
    ...statements(tokens),
    ...assignments(tokens),
    ...numbers(tokens),
    ...extremes(tokens),
    ...clauses(tokens),
    ...writtenWords(tokens),
  ]
}

export function edited(tokens: readonly Token[], { from, to, put }: Edit): string {
  return textOf(tokens.slice(0, from)) + put + textOf(tokens.slice(to))
}

function predicates(tokens: readonly Token[]): Edit[] {
  return conditionsOf(tokens).flatMap((condition) =>
    termsOf(tokens, condition).flatMap(({ from, to, neutral }) =>
      neutral.map((put) => ({ from, to, put, what: `predicate is ${put}` })),
    ),
  )
}

const FLIPPED: readonly (readonly [string, string])[] = [
  ['is not distinct from', 'is distinct from'],
  ['is distinct from', 'is not distinct from'],
  ['is not null', 'is null'],
  ['is null', 'is not null'],
  ['is not true', 'is true'],
  ['not in', 'in'],
  ['in', 'not in'],
  ['=', '<>'],
  ['<>', '='],
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
]

function comparisons(tokens: readonly Token[]): Edit[] {
  return [...conditionsOf(tokens), ...returned(tokens)].flatMap(({ from, to }) => {
    const edits: Edit[] = []
    for (let at = from; at < to; at += 1) {
      for (const [words, put] of FLIPPED) {
        const end = wordsAt(tokens, at, words.split(' '))
        if (tokens[at]?.kind === 'gap' || end === undefined) continue
        edits.push({ from: at, to: end, put, what: 'comparison flipped' })
        at = end - 1
        break
      }
    }
    return edits
  })
}

/** What is given back, where that is a value and not a statement's end. */
function returned(tokens: readonly Token[]): Range[] {
  return places(tokens, 'return').map((at) => ({
    from: at + 1,
    to: findOutside(tokens, at + 1, ({ text }) => text === ';'),
  }))
}

function locks(tokens: readonly Token[]): Edit[] {
  return places(tokens, 'for').flatMap((from) => {
    const to = wordsAt(tokens, from, ['for', 'update'])
    return to === undefined ? [] : [{ from, to, put: '', what: 'lock dropped' }]
  })
}

function signs(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap(({ text }, from) =>
    text === '+' || text === '-'
      ? [{ from, to: from + 1, put: text === '+' ? '-' : '+', what: 'sign flipped' }]
      : [],
  )
}

const LEDGER = /^'(wallet|unposted|posted|refunding|bank|fee|promotion)'$/

/** Debit and credit: two ledger accounts, one after the other. */
function sides(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap((debit, from) => {
    const to = from + 4
    const credit = tokens[from + 3]
    const isPair = tokens[from + 1]?.text === ',' && tokens[from + 2]?.kind === 'gap'
    if (!isPair || credit === undefined || !LEDGER.test(debit.text) || !LEDGER.test(credit.text))
      return []
    return [{ from, to, put: `${credit.text}, ${debit.text}`, what: 'debit and credit swapped' }]
  })
}

/** The word that is given back becomes another of the function's own. */
function answers(tokens: readonly Token[]): Edit[] {
  const given = returned(tokens).flatMap(({ from, to }) =>
    tokens.slice(from, to).flatMap((token, index) => {
      const isWord = /^'[a-z-]+'$|^'\{"/.test(token.text) || /^(true|false)$/.test(token.text)
      return isWord ? [{ at: from + index, text: token.text }] : []
    }),
  )
  const words = [...new Set(given.map(({ text }) => text))]
  return given.flatMap(({ at, text }) => {
    const other = words[(words.indexOf(text) + 1) % words.length]
    const put =
      text === 'true' ? 'false' : text === 'false' ? 'true' : other === text ? `'other'` : other
    return put === undefined ? [] : [{ from: at, to: at + 1, put, what: 'answer changed' }]
  })
}

/** A statement that writes, calls or assigns is left out. */
function statements(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap(({ kind, text }, at) => {
    const starts = /^(insert|update|delete|perform)$/i.test(text) || isAssigned(tokens, at)
    if (kind !== 'word' || !starts || !beginsStatement(tokens, at)) return []
    const to = findOutside(tokens, at, (token) => token.text === ';')
    return [{ from: at, to, put: 'null', what: 'statement dropped' }]
  })
}

function isAssigned(tokens: readonly Token[], at: number): boolean {
  return wordsAt(tokens, at + 1, [':=']) !== undefined
}

function beginsStatement(tokens: readonly Token[], at: number): boolean {
  const before = tokens
    .slice(0, at)
    .filter(({ kind }) => kind !== 'gap')
    .at(-1)
  const isDeclared = tokens.slice(at).some(({ text }) => text.toLowerCase() === 'begin')
  return !isDeclared && /^(;|then|else|loop|begin)$/i.test(before?.text ?? '')
}

/** One column of an update's list is left out. */
function assignments(tokens: readonly Token[]): Edit[] {
  return places(tokens, 'set').flatMap((at) => {
    const end = findOutside(tokens, at + 1, ({ text }) => /^(where|returning|for|;)$/i.test(text))
    const commas: number[] = []
    for (let from = at + 1; from < end; ) {
      const comma = findOutside(tokens, from, ({ text }, place) => text === ',' || place >= end)
      commas.push(Math.min(comma, end))
      from = comma + 1
    }
    if (commas.length < 2) return []
    return commas.map((to, index) => {
      const previous = commas[index - 1]
      const isFirst = previous === undefined
      const what = 'assignment dropped'
      return isFirst
        ? { from: at + 1, to: to + 1, put: ' ', what }
        : { from: previous, to, put: ' ', what }
    })
  })
}

function numbers(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap(({ kind, text }, from) => {
    const counted = /^'(\d+)( \w+)'$/.exec(text)
    const put =
      kind === 'number'
        ? String(Number(text) + 1)
        : counted === null
          ? undefined
          : `'${Number(counted[1]) + 1}${counted[2]}'`
    return put === undefined ? [] : [{ from, to: from + 1, put, what: 'number changed' }]
  })
}

const OPPOSITE: Record<string, string> = {
  least: 'greatest',
  greatest: 'least',
  min: 'max',
  max: 'min',
}

function extremes(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap(({ text }, from) => {
    const put = OPPOSITE[text.toLowerCase()]
    return put === undefined ? [] : [{ from, to: from + 1, put, what: 'extreme swapped' }]
  })
}

/** What is to be done on a conflict, and in which order rows come. */
function clauses(tokens: readonly Token[]): Edit[] {
  const ends = ({ text }: Token) => /^(returning|loop|limit|for|;)$/i.test(text)
  const ordered = places(tokens, 'order').flatMap((from) =>
    wordsAt(tokens, from, ['order', 'by']) === undefined
      ? []
      : [{ from, to: findOutside(tokens, from, ends), put: '', what: 'order dropped' }],
  )
  const conflicts = places(tokens, 'on').flatMap((from) =>
    wordsAt(tokens, from, ['on', 'conflict']) === undefined
      ? []
      : [{ from, to: findOutside(tokens, from, ends), put: '', what: 'on conflict dropped' }],
  )
  return [...ordered, ...conflicts]
}

/** A word that is written into a new row. */
function writtenWords(tokens: readonly Token[]): Edit[] {
  return places(tokens, 'values').flatMap((at) => {
    const open = at + tokens.slice(at).findIndex(({ text }) => text === '(')
    const inside = { from: open, to: closing(tokens, open) }
    return tokens.slice(inside.from, inside.to).flatMap(({ kind, text }, index) => {
      if (kind !== 'text' || LEDGER.test(text)) return []
      const from = inside.from + index
      return [{ from, to: from + 1, put: `'other'`, what: 'written word changed' }]
    })
  })
}

function places(tokens: readonly Token[], word: string): number[] {
  return tokens.flatMap(({ kind, text }, at) =>
    kind === 'word' && text.toLowerCase() === word ? [at] : [],
  )
}
