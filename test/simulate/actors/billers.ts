import { resyncAccount } from '../../../src/cloud/use-cases/sync-account'
import type { PlannedBill } from '../plan'
import { livePhone } from './phone'
import { HOUR_MS, invoke, MINUTE_MS, pause, SECOND_MS, type Stage } from './stage'

/** WeChat is out for an hour at times, a biller for longer than it says at the latest, and the database while it is restarted. */
export function silenceSome({ chance, faults, plan }: Stage, startAt: number): void {
  const begins = (who: string) => startAt + chance.between(`silent-at/${who}`, 0, 60) * MINUTE_MS
  if (faults.inWorld('we-chat', 'we-chat-silent', 0.05)) {
    const from = begins('we-chat')
    const minutes = chance.between('silent/we-chat', 10, 60)
    faults.silence('we-chat', { from, to: from + minutes * MINUTE_MS })
  }
  if (faults.inWorld('database', 'database-away', 0.06)) {
    const from = begins('database') + chance.between('away-at/database', 0, 59) * SECOND_MS
    const seconds = chance.pick('away/database', [3, 10, 60, 300])
    faults.silence('database', { from, to: from + seconds * SECOND_MS })
  }
  for (const billerId of plan.billerIds) {
    if (!faults.inWorld(billerId, 'biller-silent', 0.03)) continue
    const from = begins(billerId)
    const hours = chance.between(`silent/${billerId}`, 1, 30)
    faults.silence(billerId, { from, to: from + hours * HOUR_MS })
  }
}

/** Bills change while people pay: read anew, paid at a counter, taken back. */
export function changeBills(stage: Stage, startAt: number): void {
  const { chance, faults, plan, scheduler } = stage
  for (const bill of plan.accounts.flatMap((account) => account.bills)) {
    if (!faults.inWorld(bill.billId, 'bill-changes', 0.12)) continue
    const minutes = chance.between(`changes-at/${bill.billId}`, 0, 75)
    void scheduler.sleepUntil(startAt + minutes * MINUTE_MS).then(() => change(stage, bill))
  }
}

async function change(stage: Stage, bill: PlannedBill): Promise<void> {
  const { chance, books } = stage
  const principal = chance.between(`changes-to/${bill.billId}`, 1, 50_000)
  const how = chance.pick(`changes/${bill.billId}`, [
    { principal },
    { principal },
    'paid',
    'void',
  ] as const)
  if (books.billers.get(bill.billerId)?.change(bill.billId, how) === true) await hearOf(stage, bill)
}

/** What the biller refused comes back as a new revision, and somebody pays that. */
export async function askAnew(stage: Stage, billId: string): Promise<void> {
  const { chance, plan, books, scheduler } = stage
  const bill = plan.accounts.flatMap(({ bills }) => bills).find((one) => one.billId === billId)
  if (bill === undefined || !chance.happens(`anew/${billId}`, 0.6)) return
  await pause(stage, chance.between(`anew-at/${billId}`, 1, 20) * MINUTE_MS)
  const principal = chance.between(`anew-to/${billId}`, 1, 50_000)
  if (books.billers.get(bill.billerId)?.change(billId, { principal }) !== true) return
  await hearOf(stage, bill)
  const payers = plan.bindings.filter(({ accountId }) => accountId === bill.accountId)
  const { openid } = chance.pick(`anew-by/${billId}`, payers)
  await livePhone(stage, {
    name: `${openid}/anew/${billId}`,
    openid,
    at: scheduler.now(),
    bills: [bill],
  })
}

/** Accounts are asked about now and then; what is lost of that is asked for again. */
async function hearOf(stage: Stage, { billId, accountId }: PlannedBill): Promise<void> {
  for (const time of [0, 1, 2]) {
    await invoke(stage, `sync/${billId}/${time}`, (ports) => resyncAccount(ports, accountId))
    await pause(stage, stage.chance.between(`sync/${billId}/${time}`, 1, 15) * MINUTE_MS)
  }
}
