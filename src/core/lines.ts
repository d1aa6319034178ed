/** Splits a text that comes in pieces into its lines, without their ends (LF or CRLF). */
export function lineSplitter(onLine: (line: string) => void): {
  take: (piece: string) => void
  /** The last line, where no line break ends it. */
  end: () => void
} {
  let rest = ''
  return {
    take: (piece) => {
      const all = rest + piece
      let from = 0
      for (let at = all.indexOf('\n'); at >= 0; at = all.indexOf('\n', from)) {
        const isCrLf = at > from && all.charCodeAt(at - 1) === 13
        onLine(all.slice(from, isCrLf ? at - 1 : at))
        from = at + 1
      }
      rest = all.slice(from)
    },
    end: () => {
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
