import { protocol } from '@electric-sql/pglite'

/** What a database answers to one message: its rows as text, and of a description the columns. */
export type Answer = { rows: (string | null)[][]; columns: { name: string; type: number }[] }

const ROW = 0x44
const DESCRIPTION = 0x54
const ERROR = 0x45

/**
 * Reads an answer in PostgreSQL's protocol, version 3 (postgresql.org/docs, Message Formats); throws the
 * error that is in it. PGlite's own reader makes an object per message, and there are six hundred a history.
 */
export function readAnswer(bytes: Buffer): Answer {
  const answer: Answer = { rows: [], columns: [] }
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes[at]
    const body = at + 5
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (kind === ROW) answer.rows.push(readRow(bytes, body))
    else if (kind === DESCRIPTION) answer.columns = readColumns(bytes, body)
    else if (kind === ERROR) throw readError(bytes.subarray(at, end))
    at = end
  }
  return answer
}

function readRow(bytes: Buffer, from: number): (string | null)[] {
  const fields: (string | null)[] = new Array(bytes.readInt16BE(from))
  let at = from + 2
  for (let index = 0; index < fields.length; index += 1) {
    const length = bytes.readInt32BE(at)
    at += 4
    fields[index] = length === -1 ? null : bytes.toString('utf8', at, at + length)
    if (length > 0) at += length
  }
  return fields
}

/** Of each column its name and its type's oid; table, place, width and format are passed over. */
function readColumns(bytes: Buffer, from: number): Answer['columns'] {
  let at = from + 2
  return Array.from({ length: bytes.readInt16BE(from) }, () => {
    const end = bytes.indexOf(0, at)
    const column = { name: bytes.toString('utf8', at, end), type: bytes.readInt32BE(end + 7) }
    at = end + 19
    return column
  })
}

function readError(message: Buffer): Error {
  let found: unknown
  new protocol.Parser().parse(message, (error) => {
    found = error
  })
  return found as Error
}

const EXECUTE = Buffer.from(protocol.serialize.execute({}))
/** Ends the transaction of what was run since the last one. */
export const SYNC = Buffer.from(protocol.serialize.sync())

/** Binds a prepared statement to values and runs it. */
export function bindMessage(statement: string, values: readonly (string | null)[]): Buffer {
  const bodyLength =
    Buffer.byteLength(statement) +
    values.reduce((sum, value) => sum + 4 + (value === null ? 0 : Buffer.byteLength(value)), 0) +
    12
  const message = Buffer.allocUnsafe(1 + bodyLength + EXECUTE.length)
  let at = message.writeUInt8(0x42, 0)
  at = message.writeInt32BE(bodyLength, at)
  at = message.writeUInt8(0, at)
  at += message.write(statement, at)
  at = message.writeUInt8(0, at)
  at = message.writeInt16BE(0, at)
  at = message.writeInt16BE(values.length, at)
  for (const value of values) {
    if (value === null) at = message.writeInt32BE(-1, at)
    else {
      const length = message.write(value, at + 4)
      at = message.writeInt32BE(length, at) + length
    }
  }
  at = message.writeInt16BE(0, at)
  EXECUTE.copy(message, at)
  return message
}
