import type { ReplyOf } from '../../../contract/call'
import type { checkReceipt } from '../../../contract/check-receipt'
import type { ReceiptBody } from '../../../core/receipt/receipt-body'

type Reply = ReplyOf<typeof checkReceipt>

/**
 * What a check found. `online` is the server's answer, with the signed part beside it where a code
 * was scanned; `offline` is the phone's own look at the signature, good as of the signing.
 */
export type Checked =
  | { kind: 'online'; reply: Reply; signed: ReceiptBody | undefined; scanned: string }
  | { kind: 'offline'; signed: ReceiptBody }
  | { kind: 'foreign'; why: string; scanned: string }

let last: Checked | undefined

/** The check of this desk that the page of eight looks at; none while the next one runs. */
export function lastChecked(): Checked | undefined {
  return last
}

export function keepChecked(checked: Checked | undefined): void {
  last = checked
}
