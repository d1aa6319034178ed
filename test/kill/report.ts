import type { storm } from './storm'

type Outcome = Awaited<ReturnType<typeof storm>>

/** Says what was seen, and whether all of it is as it has to be. */
export function report(outcome: Outcome, tell: (line: string) => void): boolean {
  const { engine, rounds, measured, told, books, verdict } = outcome
  const of = (word: string) => told.filter((one) => one.told === word).length
  tell(
    `${engine}: ${rounds} rounds, ${outcome.begun} payments and ${books.refunds.length} refunds, ` +
      `${median(measured.underWay)} payments under way at the median trouble`,
  )
  tell(
    `${engine}: acknowledged were ${of('started')} starts, ${of('notice')} notices, ` +
      `${of('paid')} looks at a paid payment, ${of('posted')} postings`,
  )
  tell(`${engine}: first good answer of the database ${spread(measured.firstAnswers)}`)
  tell(
    `${engine}: all settled ${spread(measured.settledAfter)}; nothing under way any more ` +
      `${seconds(measured.finishedAfter)} after the last trouble`,
  )
  const complaints = [
    ...verdict.lost.map((one) => `lost: ${one}`),
    ...verdict.doubled.map((one) => `doubled: ${one}`),
    ...verdict.miscounted.map((one) => `miscounted: ${one}`),
    ...measured.late.map((one) => `late: ${one}`),
  ]
  for (const complaint of complaints.slice(0, 20)) tell(`${engine}: ${complaint}`)
  tell(
    `${engine}: ${verdict.lost.length} acknowledged payments lost, ${verdict.doubled.length} doubled, ` +
      `ledger sum ${books.ledgerFen}`,
  )
  return complaints.length === 0
}

function spread(milliseconds: readonly number[]): string {
  if (milliseconds.length === 0) return 'was not measured'
  return `${seconds(median(milliseconds))} at the median, ${seconds(Math.max(...milliseconds))} at worst`
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? 'never' : `${(milliseconds / 1_000).toFixed(1)} s`
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
