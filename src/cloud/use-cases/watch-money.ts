import { type Gauge, isOverLimit } from '../../core/gauges'
import type { Instant } from '../../core/time'
import { checkLedger, comeTo, reached, readGauges, takeTurn } from '../postgres/watch'
import type { Alarm, Ports } from './ports'

const HOURLY = 60
/**
 * Movements have their caller's time and are committed a little later: after two minutes hardly any can still come. A
 * frozen function, or a clock that is a day behind, writes what is past already, and one that is a day ahead looks
 * at what is still to come: so all is checked once more when both are over.
 */
const PASSES = [
  { name: 'ledger-checked', behindMs: 2 * 60_000 },
  { name: 'ledger-checked-again', behindMs: 50 * 3_600_000 },
] as const
/** Checked at once: what moves in so long. */
const SLICE_MS = 5 * 60_000
/** Where the first check begins. */
const FIRST_MS = 24 * 3_600_000

const ALARMS: Record<Gauge, Alarm> = {
  unsettled: 'gauge-unsettled',
  unposted: 'gauge-unposted',
  refund: 'gauge-refund',
  'person-task': 'gauge-person-task',
  difference: 'gauge-difference',
  'daily-file': 'gauge-daily-file',
  dispute: 'gauge-dispute',
  'ledger-flaw': 'ledger-flaw',
}

/**
 * Holds the ledger of what moved since the last time against what items and refunds say, and again two days later;
 * once an hour measures everything that has not ended: what is over its limit rings. Gives how many payments were checked.
 */
export async function watchMoney(ports: Ports, until: Instant): Promise<number> {
  let checked = 0
  for (const pass of PASSES) checked += await checkWhatMoved(ports, pass, until)
  const now = ports.now()
  if (await takeTurn(ports.database, 'gauges', now, HOURLY)) await ringGauges(ports, now)
  return checked
}

async function checkWhatMoved(
  ports: Ports,
  { name, behindMs }: (typeof PASSES)[number],
  until: Instant,
): Promise<number> {
  let from = (await reached(ports.database, name)) ?? ports.now() - behindMs - FIRST_MS
  for (let checked = 0; ; ) {
    const to = Math.min(from + SLICE_MS, ports.now() - behindMs)
    if (to <= from || ports.now() >= until) return checked
    const { payments } = await checkLedger(ports.database, { from, to }, ports.now())
    await comeTo(ports.database, name, to)
    checked += payments
    from = to
  }
}

async function ringGauges(ports: Ports, now: Instant): Promise<void> {
  const over = (await readGauges(ports.database, now)).filter((one) => isOverLimit(one, now))
  for (const { gauge, open, since } of over) {
    const oldest = since === null ? '' : new Date(since).toISOString()
    ports.log({ level: 'alarm', event: ALARMS[gauge], about: `${open} open, since ${oldest}` })
  }
}
