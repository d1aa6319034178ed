/** A piece of SQL text. Spaces and comments are kept, so that the pieces together are the text again. */
export type Token = { kind: 'gap' | 'text' | 'word' | 'number' | 'sign'; text: string }

const PIECES =
  /(?<gap>\s+|--[^\n]*)|(?<text>'(?:[^']|'')*')|(?<word>[A-Za-z_]\w*)|(?<number>\d+)|(?<sign>::|:=|->>|->|\|\||<>|<=|>=|[\s\S])/g

export function tokensOf(sql: string): Token[] {
  return [...sql.matchAll(PIECES)].map(({ 0: text, groups = {} }) => {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined)
    return { kind: kind as Token['kind'], text }
  })
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('')
}

/** The place of the parenthesis that closes the one at `open`. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1
    if (tokens[at]?.text === ')') depth -= 1
    if (depth === 0) return at
  }
  throw new Error(`a parenthesis is not closed: ${textOf(tokens.slice(open, open + 20))}`)
}

/** The first place from `from` on whose token, outside parentheses opened since, satisfies `isEnd`. */
export function findOutside(
  tokens: readonly Token[],
  from: number,
  isEnd: (token: Token, at: number) => boolean,
): number {
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token === undefined || token.text === ')' || isEnd(token, at)) return at
    if (token.text === '(') at = closing(tokens, at)
  }
  return tokens.length
}

/** Whether the words stand here one after the other, gaps apart; gives the place after them. */
export function wordsAt(
  tokens: readonly Token[],
  at: number,
  words: readonly string[],
): number | undefined {
  let place = at
  for (const word of words) {
    while (tokens[place]?.kind === 'gap') place += 1
    if (tokens[place]?.text.toLowerCase() !== word) return undefined
    place += 1
  }
  return place
}
