import type { Tally } from './judge-day'

const COLUMNS: readonly (keyof Tally)[] = [
  'planted',
  'found',
  'missed',
  'invented',
  'misdone',
  'done',
  'waiting',
  'person',
]
const NAME_WIDTH = 18
const WIDTH = 9

/** A tally per line, and their sum. */
export function tableOf(title: string, tallies: ReadonlyMap<string, Tally>, all: Tally): string {
  const line = (name: string, cells: readonly (string | number)[]) =>
    name.padEnd(NAME_WIDTH) + cells.map((cell) => String(cell).padStart(WIDTH)).join('')
  const lines = [...tallies]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, tally]) =>
      line(
        name,
        COLUMNS.map((column) => tally[column]),
      ),
    )
  const sum = line(
    'all',
    COLUMNS.map((column) => all[column]),
  )
  return ['', line(title, COLUMNS), ...lines, sum, ''].join('\n')
}
