import type { BillerBill } from '../../cloud/billers/biller'
import { tariffOf } from '../../cloud/billers/load-manifests'
import type { Manifest } from '../../cloud/billers/manifest-schema'
import { type Quantity, quantity } from '../../core/quantity'
import { computeBill } from '../../core/tariff/compute-bill'
import { addDays, addMonths, type DateText, type MonthText, monthOf } from '../../core/time'

export const MONTHS = 24

/** How a household's meter went: use per month in whole units, the oldest first, 24 of them. */
export type MeterHistory = {
  usages: readonly number[]
  people: number
  /** Days from today on which each unpaid bill falls due, the newest last; negative is late. */
  dueInDays: readonly number[]
  /** The newest reading is an estimate. */
  estimated?: boolean
}

/** The month of the newest bill: the last whole month. */
export function newestMonth(today: DateText): MonthText {
  return addMonths(monthOf(today), -1)
}

/** 24 months of bills, computed from the biller's tariff. The newest ones may be due. */
export function makeBills(
  manifest: Manifest,
  history: MeterHistory,
  today: DateText,
): BillerBill[] {
  const tariff = tariffOf(manifest.tariffId)
  const newest = newestMonth(today)
  const bills: BillerBill[] = []
  let reading = 1000
  let usedBefore = 0
  let year = ''
  for (const [index, units] of history.usages.entries()) {
    const month = addMonths(newest, index - history.usages.length + 1)
    const readOn = `${month}-20`
    if (month.slice(0, 4) !== year || tariff.resets === 'month') usedBefore = 0
    year = month.slice(0, 4)
    const usage = quantity(units * 100)
    const { lines, totalFen } = computeBill(tariff, {
      usage: tariff.kind === 'time-of-use' ? bands(usage) : usage,
      usedBefore: quantity(usedBefore),
      people: history.people,
      readDate: readOn,
    })
    const fromEnd = history.usages.length - 1 - index
    const dueIn = history.dueInDays.at(-1 - fromEnd)
    const dueOn = dueIn === undefined ? addDays(`${month}-22`, 15) : addDays(today, dueIn)
    const issuedOn = dueIn === undefined ? `${month}-22` : addDays(dueOn, -13)
    bills.push({
      billId: month,
      revision: 1,
      month,
      periodFrom: `${addMonths(month, -1)}-21`,
      periodTo: readOn,
      issuedOn,
      noticeOn: issuedOn,
      dueOn,
      previousReading: quantity(reading * 100),
      currentReading: quantity((reading + units) * 100),
      readOn,
      readKind: history.estimated === true && fromEnd === 0 ? 'estimated' : 'actual',
      usage,
      usedBefore: quantity(usedBefore),
      lines,
      principal: totalFen,
      tariffVersion: tariff.id,
      status: dueIn === undefined ? 'paid' : 'due',
    })
    reading += units
    usedBefore += usage
  }
  return bills
}

/** Two fifths of the use fall into the valley. */
function bands(usage: Quantity) {
  const valley = quantity(Math.floor((usage * 2) / 5))
  return { peak: quantity(usage - valley), valley }
}
