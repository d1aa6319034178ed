import type { Cell } from '../files/cell'

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

/** A row that says something else than its column holds. */
export function badRow(cell: Cell): RefusedFile {
  return new RefusedFile('bad-row', cell.text())
}
