import type { ReplyOf } from '../../../../contract/call'
import type { getAccount } from '../../../../contract/get-account'
import type { DueBill } from '../../../../contract/list-accounts'

export type AccountReply = ReplyOf<typeof getAccount>

/** The bills of the account that can be paid now. */
export function payableBills({ account }: AccountReply): DueBill[] {
  return account.suspended ? [] : account.bills.filter((bill) => bill.standing.kind === 'due')
}
