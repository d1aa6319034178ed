import type { BillerAccount, BillerBill } from '../../../src/cloud/billers/biller'
import type { Fen } from '../../../src/core/money'
import type { Quantity } from '../../../src/core/quantity'
import type { PlannedAccount, PlannedBill } from '../plan'

/** A planned account as its biller shows it. */
export function accountAtBiller({ accountNumber, state }: PlannedAccount): BillerAccount {
  return {
    accountNumber,
    holderName: '王建国',
    address: '望京街16号',
    meterNumber: 'M1',
    people: 2,
    state,
    ...(accountNumber.endsWith('8') && { phone: '13800000000' }),
  }
}

/** A planned bill as its biller shows it. */
export function billAtBiller({ billId, month, dueOn, principal }: PlannedBill): BillerBill {
  return {
    billId,
    revision: 1,
    month,
    periodFrom: '2026-09-20',
    periodTo: '2026-10-20',
    issuedOn: '2026-08-22',
    ...(month === '2026-09' && { noticeOn: '2026-08-24' }),
    dueOn,
    previousReading: 0 as Quantity,
    currentReading: 4_500 as Quantity,
    readOn: '2026-10-20',
    readKind: 'actual',
    usage: 4_500 as Quantity,
    usedBefore: 0 as Quantity,
    lines: [],
    principal: principal as Fen,
    tariffVersion: 'beijing-electricity-2012',
    status: 'due',
  }
}
