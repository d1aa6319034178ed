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
  header: (columns: readonly string[]) => void
  row: (fields: readonly string[]) => void
  summary: (columns: readonly string[], fields: readonly string[]) => void
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
  let headers = 0
  let summaryColumns: readonly string[] = []
  let hasSummary = false

  const lines = lineSplitter((text) => {
    if (text === '') return
    if (hasSummary) throw new RefusedFile('bad-row', 'a line after the summary')
    if (text.charCodeAt(0) !== MARK) {
      headers += 1
      const columns = text.split(',')
      if (headers === 1) table.header(columns)
      else summaryColumns = columns
      return
    }
    const fields = text.slice(1).split(',`')
    if (headers === 1) return table.row(fields)
    hasSummary = true
    table.summary(summaryColumns, fields)
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

/** Where each needed column stands, by its name: others may be there, and their order may change. */
export function placesOf<Name extends string>(
  columns: readonly string[],
  names: readonly Name[],
): Record<Name, number> {
  const places = {} as Record<Name, number>
  for (const name of names) {
    const place = columns.indexOf(name)
    if (place < 0) throw new RefusedFile('bad-header', `no column ${name}`)
    places[name] = place
  }
  return places
}
