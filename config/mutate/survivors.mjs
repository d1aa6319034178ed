import { readFileSync } from 'node:fs'

/** Mistakes that no test finds, of each part, each with the reason why none can or need be. */
export const LISTED = JSON.parse(readFileSync('test/mutate/survivors.json', 'utf8'))

/** Whether a mistake counts as not found without a trial. `--listed` has all of them tried. */
export function isTakenAtItsWord(part, label) {
  return process.env.MUTATE_LISTED === undefined && LISTED[part][label] !== undefined
}

/** A mutant's file and the line with the change in brackets, whatever the line's number. Lines and columns from 0. */
export function labelOf(file, source, { location: { start, end }, replacement }) {
  const lines = source.split('\n')
  const first = lines[start.line].slice(0, start.column)
  const last = lines[end.line].slice(end.column)
  const own = lines.slice(start.line, end.line + 1)
  own[own.length - 1] = own.at(-1).slice(0, end.column)
  own[0] = own[0].slice(start.column)
  const change = `${first}[${own.join(' ')} → ${replacement}]${last}`
  return `${file.replace('src/', '')}: ${change.replace(/\s+/g, ' ').trim()}`
}
