import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Cell } from '../files/cell'
import { cutLine } from '../files/cut-line'
import { createWholeLines, eachLine } from '../files/whole-lines'
import { RefusedFile } from './refused-file'

/** The columns of a table that are read, by what we call them. */
export type Columns = Readonly<Record<string, string>>
/** The cells of one line, by what we call its columns. */
export type CellsOf<Names extends Columns> = { readonly [Name in keyof Names]: Cell }

/** A table of a bill file as it is read: its rows, and the line that sums them up. */
export type TableReader<Rows extends Columns, Sums extends Columns> = {
  columns: Rows
  row: (cells: CellsOf<Rows>) => void
  sums: Sums
  summary: (cells: CellsOf<Sums>) => void
  /** After every piece of the file. */
  pause: () => Promise<void>
}

const BOM = Buffer.from('\uFEFF')
/** What every field of a data line begins with; a header's fields do not. */
const MARK = '`'.charCodeAt(0)
/** Unpacked so much at a time. */
const PIECE = 128 * 1024

/**
 * Reads a bill file while it comes: gunzipped, hashed, split into lines. Its rows begin with a backtick,
 * its headers do not; the second header is the summary's. The hash is over the unpacked bytes, byte
 * order mark and last line break included. Nothing is kept, so a file of any size takes little room.
 * Throws RefusedFile. pay.weixin.qq.com, 申请交易账单, 下载账单
 */
export async function readBillFile<Rows extends Columns, Sums extends Columns>(
  packed: Readable,
  sha1: string,
  table: TableReader<Rows, Sums>,
): Promise<void> {
  const hash = createHash('sha1')
  const lines = lineReader(table)
  const unpacked = packed.pipe(createGunzip({ chunkSize: PIECE }))
  packed.once('error', (error) => unpacked.destroy(error))
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      hash.update(piece)
      lines.take(piece)
      await table.pause()
    }
  } catch (error) {
    if (error instanceof RefusedFile) throw error
    if (isOfTheFile(error)) throw new RefusedFile('cut-short', String(error))
    throw error
  } finally {
    packed.destroy()
  }
  lines.end()
  if (hash.digest('hex') !== sha1.toLowerCase()) throw new RefusedFile('bad-hash', sha1)
  await table.pause()
}

/** The stream broke, or what came is no gzip: the file's fault, not ours. */
function isOfTheFile(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return (
    typeof code === 'string' && /^(Z_|ECONN|EPIPE|ERR_STREAM|ERR_BAD_RESPONSE|UND_ERR)/.test(code)
  )
}

function lineReader<Rows extends Columns, Sums extends Columns>(table: TableReader<Rows, Sums>) {
  let rowOf: Cutter<Rows> | undefined
  let sumsOf: Cutter<Sums> | undefined
  let hasSummary = false
  let isFirst = true

  function line(bytes: Buffer, start: number, end: number): void {
    if (start === end) return
    if (hasSummary) throw new RefusedFile('bad-row', 'a line after the summary')
    if (bytes[start] !== MARK) {
      const columns = bytes.toString('utf8', start, end).split(',')
      if (rowOf === undefined) rowOf = cutter(columns, table.columns)
      else sumsOf = cutter(columns, table.sums)
      return
    }
    if (rowOf === undefined) throw new RefusedFile('bad-header', 'none before the first row')
    if (sumsOf === undefined) table.row(rowOf(bytes, start, end))
    else {
      hasSummary = true
      table.summary(sumsOf(bytes, start, end))
    }
  }

  const lines = createWholeLines((bytes) => {
    if (!isUtf8(bytes)) throw new RefusedFile('cut-short', 'it is no UTF-8')
    const isMarked = isFirst && bytes.subarray(0, BOM.length).equals(BOM)
    isFirst = false
    const unmarked = isMarked ? bytes.subarray(BOM.length) : bytes
    eachLine(unmarked, (start, end) => line(unmarked, start, end))
  })
  return {
    take: lines.take,
    /** The end of the file: without its summary it was cut short. */
    end: (): void => {
      lines.end()
      if (!hasSummary) throw new RefusedFile('cut-short', 'the summary is missing')
    },
  }
}

/** The cells of the line that stands there; those of the line before are moved on. */
type Cutter<Names extends Columns> = (bytes: Buffer, start: number, end: number) => CellsOf<Names>

/** Finds the needed columns in a header: others may be there, and their order may change. */
function cutter<Names extends Columns>(header: readonly string[], names: Names): Cutter<Names> {
  const cells = Object.fromEntries(Object.keys(names).map((name) => [name, new Cell()]))
  for (const name of Object.values(names))
    if (!header.includes(name)) throw new RefusedFile('bad-header', `no column ${name}`)
  const places = header.map((column) => {
    const [name] = Object.entries(names).find(([, theirs]) => theirs === column) ?? []
    return name === undefined ? undefined : cells[name]
  })
  return (bytes, start, end) => {
    cutLine(bytes, { start, end }, places, MARK)
    return cells as CellsOf<Names>
  }
}
