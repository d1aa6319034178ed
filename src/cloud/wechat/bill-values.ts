import { type DateText, type Instant, instantAt } from '../../core/time'
import type { Cell } from '../files/cell'
import { badRow, RefusedFile } from './refused-file'

/** Yuan as the file writes them, in fen. */
export function fenOf(cell: Cell): number {
  return sound(cell, cell.decimal(12, 2))
}

/** Yuan with up to five decimals, in 1/1000 fen. */
export function millsOf(cell: Cell): number {
  return sound(cell, cell.decimal(9, 5))
}

/** '45' or '45.0': files write counts either way. */
export function countOf(cell: Cell): number {
  const hundredths = sound(cell, cell.decimal(12, 2))
  if (hundredths < 0 || hundredths % 100 !== 0) throw badRow(cell)
  return hundredths / 100
}

const MOMENT = '2026-11-24 09:30:05'.length

/** Reads '2026-11-24 09:30:05' in Beijing's time. A file is of one day, so its midnight is kept. */
export function momentReader(): (cell: Cell) => Instant {
  let day: DateText = ''
  let midnight: Instant = 0
  return (cell) => {
    if (day === '' || !cell.has(day, 0)) {
      const [, date] = /^(\d{4}-\d{2}-\d{2}) /.exec(cell.text()) ?? []
      if (date === undefined) throw badRow(cell)
      day = date
      midnight = instantAt(day, '00:00')
    }
    const hours = cell.digits(11, 2)
    const minutes = cell.digits(14, 2)
    const seconds = cell.digits(17, 2)
    const isWritten = cell.length === MOMENT && cell.has(' ', 10) && cell.has(':', 13)
    const isTime = cell.has(':', 16) && hours < 24 && minutes < 60 && seconds < 60
    if (!isWritten || !isTime) throw badRow(cell)
    return midnight + (hours * 3600 + minutes * 60 + seconds) * 1000
  }
}

/** The last line has to sum up what was read. */
export function checkSums<Sums extends Record<string, number>>(told: Sums, read: Sums): void {
  for (const name of Object.keys(told))
    if (told[name] !== read[name])
      throw new RefusedFile('bad-sum', `${name} is ${read[name]}, not ${told[name]}`)
}

function sound(cell: Cell, value: number): number {
  if (Number.isNaN(value)) throw badRow(cell)
  return value
}
