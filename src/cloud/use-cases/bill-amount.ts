import { lateFeeOn } from '../../core/late-fee'
import { type Fen, sumFen } from '../../core/money'
import type { DateText } from '../../core/time'
import type { Manifest } from '../billers/manifest-schema'
import type { StoredBill } from '../postgres/bills'

/** What a bill costs on a day: principal, the late fee grown so far, and both, in fen. */
export function billAmount(
  manifest: Manifest,
  bill: StoredBill,
  on: DateText,
): { principal: Fen; lateFee: Fen; total: Fen } {
  const principal = bill.principalFen
  const lateFee = lateFeeOn(
    manifest.lateFeeRule,
    {
      principal,
      dueOn: bill.dueOn,
      noticeOn: bill.noticeOn ?? bill.issuedOn,
      billMonth: bill.month,
    },
    on,
  )
  return { principal, lateFee, total: sumFen([principal, lateFee]) }
}
