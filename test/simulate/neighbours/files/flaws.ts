import type { LineTaker } from '../../../../src/core/file-line'
import type { FileSource } from '../../../../src/core/reconciliation'
import type { DateText } from '../../../../src/core/time'
import { laterDay, momentOf } from '../../calendar'

/** What is wrong with one row of a file, whoever reads it, as often as it is read. */
export type RowFlaw = 'file-row-lost' | 'file-row-twice' | 'file-row-differs' | 'file-row-strange'
export type FileFlaw = {
  ownerId: string
  source: FileSource
  day: DateText
  flaw: RowFlaw
  /** The order, refund or posting of the row. */
  about: string
  /** As it would be, or as it was put in. */
  row: unknown
}
/** What a file suffers at one reading, and what is wrong with it for ever. */
export type FileWorld = {
  now: () => number
  atReading: (file: string) => 'file-late' | 'file-cut' | undefined
  /** Of so many rows, which has what; only the strange one needs none. */
  inRows: (file: string, rows: number) => { flaw: RowFlaw; at: number; how: number } | undefined
  /** A row that may not be lost: nothing else tells of it. */
  isOnlyWord: (about: string) => boolean
}
export type FileOf<Row> = {
  ownerId: string
  source: FileSource
  day: DateText
  rows: Row[]
  aboutOf: (row: Row) => string
  /** The same row, wrong in one of several ways; `how` is 0 to 1. */
  differing: (row: Row, how: number) => Row
  /** A row of something that we know otherwise, of another day, or not at all. */
  strange: (how: number) => Row
}

/** Files are there at nine on the day after. */
const READY_AT = '09:00'

export type FileShelf = ReturnType<typeof createFileShelf>

/** Hands files out as they are: late, cut off, or with a flaw in one row that stays. */
export function createFileShelf(world: FileWorld) {
  type Known = { flaw: RowFlaw; about: string; how: number; row: unknown }
  const known = new Map<string, Known | undefined>()
  const flaws: FileFlaw[] = []

  function flawOf<Row>(name: string, file: FileOf<Row>) {
    if (known.has(name)) return known.get(name)
    const chosen = world.inRows(name, file.rows.length)
    const row =
      chosen &&
      (chosen.flaw === 'file-row-strange' ? file.strange(chosen.how) : file.rows[chosen.at])
    const about = row && file.aboutOf(row)
    const isKept = chosen?.flaw === 'file-row-lost' && about && world.isOnlyWord(about)
    const flaw =
      chosen && about && !isKept ? { flaw: chosen.flaw, about, how: chosen.how, row } : undefined
    known.set(name, flaw)
    if (flaw) {
      const { ownerId, source, day } = file
      flaws.push({ ownerId, source, day, flaw: flaw.flaw, about: flaw.about, row })
    }
    return flaw
  }

  function rowsOf<Row>(name: string, file: FileOf<Row>): Row[] {
    const flaw = flawOf(name, file)
    if (flaw?.flaw === 'file-row-strange') return [...file.rows, flaw.row as Row]
    return file.rows.flatMap((row) => {
      if (file.aboutOf(row) !== flaw?.about) return [row]
      if (flaw.flaw === 'file-row-lost') return []
      return flaw.flaw === 'file-row-twice' ? [row, row] : [file.differing(row, flaw.how)]
    })
  }

  return {
    flaws,
    hand: async <Row>(file: FileOf<Row>, take: (rows: Row[]) => Promise<void>) => {
      const name = `${file.source}/${file.ownerId}/${file.day}`
      const refused = (refusal: 'not-ready' | 'cut-short') =>
        ({ state: 'refused', refusal, detail: name }) as const
      const suffered = world.atReading(name)
      const isThere = world.now() >= momentOf(laterDay(file.day, 1), READY_AT)
      if (!isThere || suffered === 'file-late') return refused('not-ready')
      const rows = rowsOf(name, file)
      const handed = suffered === 'file-cut' ? rows.slice(0, Math.ceil(rows.length / 2)) : rows
      if (handed.length > 0) await take(handed)
      if (suffered === 'file-cut') return refused('cut-short')
      return { state: 'read', rows: rows.length, digest: name } as const
    },
  }
}

/** Hands rows on as a reader does that meets them in a file. */
export function lineByLine<Row, Line>(taker: LineTaker<Line>, lineOf: (row: Row) => Line) {
  return (rows: readonly Row[]): Promise<void> => {
    for (const row of rows) taker.line(lineOf(row))
    return taker.pause()
  }
}
