import type { BillRef } from '../../../contract/scalars'
import type { SheetReturn } from './open-sheet'

/** The address of the pay page for these bills. */
export function payUrl(bills: readonly BillRef[]): string {
  return `/packages/pay/pay/index?bills=${writeBills(bills)}`
}

/** The address of the result page; `further` are bills that wait for a payment of their own. */
export function resultUrl(
  paymentId: string,
  more: { sheet?: SheetReturn; further?: readonly BillRef[] } = {},
): string {
  const sheet = more.sheet === undefined ? '' : `&sheet=${more.sheet}`
  const further = more.further?.length ? `&further=${writeBills(more.further)}` : ''
  return `/packages/pay/result/index?paymentId=${paymentId}${sheet}${further}`
}

/** Reads what the two above wrote; what has no such shape is left out. */
export function readBills(text: string | undefined): BillRef[] {
  return (text ?? '').split(',').flatMap((pair) => {
    const [accountId, billId, ...rest] = pair.split('~')
    return accountId && billId && rest.length === 0 ? [{ accountId, billId }] : []
  })
}

function writeBills(bills: readonly BillRef[]): string {
  return bills.map(({ accountId, billId }) => `${accountId}~${billId}`).join(',')
}
