import type { TaskKey } from '../cloud/postgres/outbox'
import {
  type PersonTask,
  retryTask,
  tasksOfPersons,
  type UnknownPayment,
  unknownPayments,
} from '../cloud/postgres/person-list'
import {
  checkLedger,
  endLedgerFlaw,
  type LedgerFlaw,
  ledgerFlaws,
  readGauges,
} from '../cloud/postgres/watch'
import { verifyAudit } from '../cloud/use-cases/verify-audit'
import { GAUGE_LIMITS_MS, type GaugeReading, isOverLimit } from '../core/gauges'
import { formatYuan } from '../core/money'
import { addDays, dateOf, instantAt, toRfc3339 } from '../core/time'
import type { Command } from './command'

const MOST = 500
const KINDS = ['post', 'report-delivery', 'reverse', 'refund'] as const
const isKind = (word: string | undefined): word is TaskKey['kind'] =>
  KINDS.some((kind) => kind === word)

/** What an operator looks at: what waits for a person, what is unknown, whether the audit holds. */
export const WATCH_COMMANDS: Record<string, Command> = {
  'tasks list': {
    usage: '',
    does: 'lists what waits for a person, the oldest first: payment, kind and item, biller, reason, since when',
    run: async ({ database }) => {
      const tasks = await tasksOfPersons(database, MOST)
      return tasks.length === 0 ? 'nothing waits for a person' : tasks.map(taskLine).join('\n')
    },
  },
  'tasks retry': {
    usage: '<payment id> <post|report-delivery|reverse|refund> <item no, of a refund its own>',
    does: 'gives a listed task back to the timers, once what failed is mended',
    run: async ({ database, ports }, [paymentId = '', kind, itemNo = '']) => {
      if (!isKind(kind)) throw new Error(`a kind is ${KINDS.join(', ')}`)
      if (!/^\d{1,4}$/.test(itemNo)) throw new Error('an item is named by its number')
      const key: TaskKey = { paymentId, kind, itemNo: Number(itemNo) }
      const answer = await retryTask(database, key, ports.now())
      if (answer === 'not-listed') throw new Error('no such task waits for a person')
      if (answer === 'rejected')
        throw new Error(
          'the biller rejected it: this ends by a refund or a new bill, not by telling it again',
        )
      return `${kind} ${itemNo} of ${paymentId} is tried again in the next round`
    },
  },
  'payments unknown': {
    usage: '',
    does: 'lists payments past their expiry of which WeChat has not said how they ended',
    run: async ({ database, ports }) => {
      const payments = await unknownPayments(database, ports.now(), MOST)
      return payments.length === 0 ? 'no payment is unknown' : payments.map(paymentLine).join('\n')
    },
  },
  'gauges list': {
    usage: '',
    does: 'measures everything that has not ended: how many, since when the oldest, and the limit',
    run: async ({ database, ports }) => {
      const now = ports.now()
      return (await readGauges(database, now)).map((one) => gaugeLine(one, now)).join('\n')
    },
  },
  'ledger check': {
    usage: '[<from day, 2026-11-24>]',
    does: 'holds the ledger of all that moved since that day (yesterday when none is named) against what items and refunds say',
    run: async ({ database, ports }, [day = addDays(dateOf(ports.now()), -1)]) => {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error('a day is written 2026-11-24')
      const now = ports.now()
      const { payments } = await checkLedger(
        database,
        { from: instantAt(day, '00:00'), to: now },
        now,
      )
      const flaws = await ledgerFlaws(database, MOST)
      if (flaws.length > 0)
        throw new Error(`the ledger does not agree:\n${flaws.map(flawLine).join('\n')}`)
      return `${payments} payments: every account holds what items and refunds say`
    },
  },
  'ledger end': {
    usage: '<payment id> <item no> <account> <who> <what it was>',
    does: 'ends a flaw of the ledger once both agree again, with what was found',
    run: async (
      { database, ports },
      [paymentId = '', itemNo = '', account = '', actor = '', ...words],
    ) => {
      const outcome = words.join(' ')
      if (actor === '' || outcome === '') throw new Error('who, and what it was, are needed')
      const flaw = { paymentId, itemNo: Number(itemNo), account }
      const answer = await endLedgerFlaw(database, flaw, { actor, outcome }, ports.now())
      if (answer === 'not-listed') throw new Error('there is no such flaw')
      if (answer === 'still-there') throw new Error('ledger and items do not agree yet')
      return 'it is ended'
    },
  },
  'audit verify': {
    usage: '[<seal no> <hash> as a line of the log has them]',
    does: 'reads the sealed audit rows again and says whether one was changed, removed or inserted',
    run: async ({ ports }, [sealNo, hash = '']) => {
      const logged = sealNo === undefined ? undefined : { sealNo: Number(sealNo), hash }
      const { flaws, seals, rows, last } = await verifyAudit(ports, logged)
      if (flaws.length > 0) {
        const lines = flaws.map(
          (one) => `seal ${one.sealNo}  ${one.flaw}  ${one.from} to ${one.to}`,
        )
        throw new Error(`the audit does not hold:\n${lines.join('\n')}`)
      }
      const head = last === undefined ? 'none yet' : `${last.sealNo} ${last.hash}`
      return `${rows} rows under ${seals} seals are as they were written; last seal: ${head}`
    },
  },
}

function gaugeLine(reading: GaugeReading, now: number): string {
  const { gauge, open, since } = reading
  if (since === null) return `${gauge}  none`
  const limit = `limit ${GAUGE_LIMITS_MS[gauge] / 3_600_000} h`
  const state = isOverLimit(reading, now) ? 'OVER ITS LIMIT' : 'within its limit'
  return `${gauge}  ${open}, the oldest since ${toRfc3339(since)}  ${limit}  ${state}`
}

function flawLine({ paymentId, itemNo, account, ledgerFen, itemsFen }: LedgerFlaw): string {
  return `${paymentId}  item ${itemNo}  ${account}: the ledger holds ${ledgerFen} fen, items say ${itemsFen}`
}

function taskLine({ paymentId, kind, itemNo, billerId, reason, since }: PersonTask): string {
  const at = since === null ? 'unknown since when' : `since ${toRfc3339(since)}`
  return `${paymentId}  ${kind} ${itemNo}  ${billerId ?? ''}  ${reason}  ${at}`
}

function paymentLine({ paymentId, state, amountFen, ...one }: UnknownPayment): string {
  const asked = `asked ${one.asks} times, next ${toRfc3339(one.nextAskAt)}`
  return `${paymentId}  ${state}  ${formatYuan(amountFen)}  expired ${toRfc3339(one.expiresAt)}  ${asked}`
}
