import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { lineSplitter } from '../../core/lines'

/** Why a file is refused whole; it is asked for again. */
export type FileRefusal =
  | 'not-ready'
  | 'cut-short'
  | 'bad-hash'
  | 'bad-header'
  | 'bad-row'
  | 'bad-sum'

/** Ends the reading of a file; caught where the file was asked for. */
export class RefusedFile extends Error {
  constructor(
    readonly refusal: FileRefusal,
    detail: string,
  ) {
    super(`${refusal}: ${detail}`)
    this.name = 'RefusedFile'
  }
}

/** A table of a bill file as it is read: its columns by name, its rows, and the line that sums them up. */
export type TableReader = {
  /** The columns that a row is read by; its fields come in this order, whatever the file's is. */
  columns: readonly string[]
  row: (fields: readonly string[]) => void
  sums: readonly string[]
  summary: (fields: readonly string[]) => void
  /** After every piece of the file: what was collected may be written away. */
  flush: () => Promise<void>
}

const BOM = '\uFEFF'
/** What every field of a data line begins with; a header's fields do not. */
const MARK = '`'.charCodeAt(0)

/**
 * Reads a bill file while it comes: gunzipped, hashed, split into lines. Its rows begin with a backtick,
 * its headers do not; the second header is the summary's. The hash is over the unpacked bytes, byte
 * order mark and last line break included. Nothing is kept, so a file of any size takes little room.
 * Throws RefusedFile. pay.weixin.qq.com, 申请交易账单, 下载账单
 */
export async function readBillFile(
  packed: Readable,
  sha1: string,
  table: TableReader,
): Promise<void> {
  const hash = createHash('sha1')
  const lines = lineReader(table)
  const unpacked = packed.pipe(createGunzip())
  packed.once('error', (error) => unpacked.destroy(error))
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      hash.update(piece)
      lines.take(text.decode(piece, { stream: true }))
      await table.flush()
    }
    lines.take(text.decode())
  } catch (error) {
    if (error instanceof RefusedFile) throw error
    if (isOfTheFile(error)) throw new RefusedFile('cut-short', String(error))
    throw error
  } finally {
    packed.destroy()
  }
  lines.end()
  if (hash.digest('hex') !== sha1.toLowerCase()) throw new RefusedFile('bad-hash', sha1)
  await table.flush()
}

/** The stream broke, or what came is no gzip or no UTF-8: the file's fault, not ours. */
function isOfTheFile(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return (
    typeof code === 'string' &&
    /^(Z_|ECONN|EPIPE|ERR_STREAM|ERR_ENCODING|ERR_BAD_RESPONSE|UND_ERR)/.test(code)
  )
}

function lineReader(table: TableReader) {
  let isFirst = true
  let rowOf: Cutter | undefined
  let sumsOf: Cutter | undefined
  let hasSummary = false

  const lines = lineSplitter((text) => {
    if (text === '') return
    if (hasSummary) throw new RefusedFile('bad-row', 'a line after the summary')
    if (text.charCodeAt(0) !== MARK) {
      const columns = text.split(',')
      if (rowOf === undefined) rowOf = cutter(columns, table.columns)
      else sumsOf = cutter(columns, table.sums)
      return
    }
    if (rowOf === undefined) throw new RefusedFile('bad-header', 'none before the first row')
    if (sumsOf === undefined) return table.row(rowOf(text))
    hasSummary = true
    table.summary(sumsOf(text))
  })
  return {
    take: (piece: string): void => {
      const isMarked = isFirst && piece.startsWith(BOM)
      if (piece !== '') isFirst = false
      lines.take(isMarked ? piece.slice(1) : piece)
    },
    /** The end of the file: without its summary it was cut short. */
    end: (): void => {
      lines.end()
      if (!hasSummary) throw new RefusedFile('cut-short', 'the summary is missing')
    },
  }
}

type Cutter = (line: string) => string[]

/** What stands between two fields, the mark of the second included. */
const BETWEEN = ',`'

/**
 * Cuts the needed columns out of a line, in the order in which they are needed: others may be there, and
 * their order may change. A file has many columns and a day many lines, so the others are not cut at all.
 */
function cutter(columns: readonly string[], needed: readonly string[]): Cutter {
  for (const name of needed)
    if (!columns.includes(name)) throw new RefusedFile('bad-header', `no column ${name}`)
  const places = columns.map((name) => needed.indexOf(name))
  const last = Math.max(...needed.map((name) => columns.indexOf(name)))
  return (line) => {
    const fields: string[] = needed.map(() => '')
    let from = 1
    for (let column = 0; column <= last; column += 1) {
      const between = line.indexOf(BETWEEN, from)
      const place = places[column] as number
      if (place >= 0) fields[place] = line.slice(from, between < 0 ? line.length : between)
      if (between < 0) break
      from = between + BETWEEN.length
    }
    return fields
  }
}

/** The fields of a line by the names of a table's columns. */
export type Cells<Columns extends readonly string[]> = { [At in keyof Columns]: string }
