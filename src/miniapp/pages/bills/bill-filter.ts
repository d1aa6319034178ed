import type { RequestOf } from '../../../contract/call'
import type { listBills } from '../../../contract/list-bills'
import type { Service } from '../../../contract/scalars'

/** Which bills are shown. One account is asked for from its own page, not chosen here. */
export type BillFilter = {
  account: string | undefined
  household: string
  service: Service | 'all'
  state: 'all' | 'due' | 'paid'
}

/** No bill is left out but those of other accounts, where one is asked for. */
export function allBills(account?: string): BillFilter {
  return { account, household: 'all', service: 'all', state: 'all' }
}

/** What is asked of the cloud for it. */
export function billsRequest(filter: BillFilter): RequestOf<typeof listBills> {
  return {
    ...(filter.account === undefined ? {} : { accountId: filter.account }),
    ...(filter.household === 'all' ? {} : { household: filter.household }),
    ...(filter.service === 'all' ? {} : { service: filter.service }),
    ...(filter.state === 'all' ? {} : { state: filter.state }),
  }
}
