import { type DailyFile, filesOfDays } from '../cloud/postgres/daily-files'
import { closeDifference, type Difference, listDifferences } from '../cloud/postgres/differences'
import { dayBefore, reconcileDays, wantDay } from '../cloud/use-cases/reconcile-days'
import { fen, formatYuan } from '../core/money'
import { lastClosedDay } from '../core/reconciliation'
import { toRfc3339 } from '../core/time'
import type { Command } from './command'

const MOST = 1_000

/** The daily match as an operator runs it, looks at it, and ends what was theirs. */
export const RECONCILE_COMMANDS: Record<string, Command> = {
  'reconcile run': {
    usage: '[<day>]',
    does: 'asks for the files of every closed day, or of the one that is named, matches them with the books, and carries out what is safe',
    run: async ({ ports, database }, [named]) => {
      if (named !== undefined) {
        checkDay(named)
        if (named > lastClosedDay(ports.now()))
          throw new Error('the files of a day are there from 10:00 on the day after')
        await wantDay(ports, named)
      }
      await reconcileDays(ports, Number.POSITIVE_INFINITY)
      const day = named ?? dayBefore(ports.now())
      return (await filesOfDays(database, day, day)).map(fileLine).join('\n')
    },
  },
  'reconcile list': {
    usage: '[<day, yesterday when none is named>]',
    does: 'shows a day’s files and its differences, and whatever else is still open or a person’s',
    run: async ({ ports, database }, [day = dayBefore(ports.now())]) => {
      checkDay(day)
      const files = await filesOfDays(database, day, day)
      const differences = await listDifferences(database, day, MOST)
      const lines = [...files.map(fileLine), ...differences.map(differenceLine)]
      return lines.length === 0 ? `nothing is known of ${day}` : lines.join('\n')
    },
  },
  'reconcile close': {
    usage: '<payment id> <difference id> <who> <how it ended>',
    does: 'ends a difference that was a person’s, with what was found',
    run: async ({ ports, database }, [paymentId = '', differenceId = '', actor = '', ...words]) => {
      const outcome = words.join(' ')
      if (actor === '' || outcome === '') throw new Error('who, and how it ended, are needed')
      const key = { paymentId, differenceId }
      const answer = await closeDifference(database, key, { actor, outcome }, ports.now())
      if (answer === 'not-listed') throw new Error('no such difference is a person’s')
      return `${differenceId} is ended`
    },
  },
}

function checkDay(day: string): void {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error('a day is written 2026-11-24')
}

function fileLine({ ownerId, source, day, ...file }: DailyFile): string {
  const what = `${day}  ${source}  ${ownerId}`
  if (file.state === 'matched' && file.matchedAt !== null)
    return `${what}  matched ${toRfc3339(file.matchedAt)}: ${file.rows} rows, ${file.differences} differences`
  return `${what}  ${file.state} after ${file.attempts} tries${file.refusal === null ? '' : `, last ${file.refusal}`}`
}

function differenceLine(one: Difference): string {
  const { wallet, ours, biller } = one.facts as Record<string, { amount_fen?: number } | null>
  const amounts = Object.entries({ wallet, ours, biller })
    .filter(([, side]) => typeof side?.amount_fen === 'number')
    .map(([name, side]) => `${name} ${formatYuan(fen(side?.amount_fen ?? 0))}`)
  return [
    one.day,
    one.reason,
    `${one.action} ${one.state}`,
    one.paymentId,
    one.differenceId,
    amounts.join(', '),
    one.outcome ?? '',
  ].join('  ')
}
