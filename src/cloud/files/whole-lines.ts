const LINE_END = '\n'.charCodeAt(0)
const RETURN = '\r'.charCodeAt(0)
const NOTHING = Buffer.alloc(0)

/** A file that comes in pieces, in pieces of whole lines. */
export function createWholeLines(onLines: (bytes: Buffer) => void) {
  let rest: Buffer = NOTHING
  return {
    take: (piece: Buffer): void => {
      const first = piece.indexOf(LINE_END) + 1
      if (first === 0) {
        rest = Buffer.concat([rest, piece])
        return
      }
      const end = piece.lastIndexOf(LINE_END) + 1
      onLines(Buffer.concat([rest, piece.subarray(0, first)]))
      if (end > first) onLines(piece.subarray(first, end))
      rest = piece.subarray(end)
    },
    /** The last line, where no line break ends it. */
    end: (): void => {
      if (rest.length > 0) onLines(rest)
      rest = NOTHING
    },
  }
}

/** Gives where each line begins and ends, without its end (LF or CRLF). */
export function eachLine(bytes: Buffer, onLine: (start: number, end: number) => void): void {
  for (let start = 0; start < bytes.length; ) {
    const at = bytes.indexOf(LINE_END, start)
    const end = at < 0 ? bytes.length : at
    onLine(start, end > start && bytes[end - 1] === RETURN ? end - 1 : end)
    start = end + 1
  }
}
