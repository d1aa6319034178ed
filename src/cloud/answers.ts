import type { z } from 'zod'
import type { Answer } from '../contract/call'
import { CALLS, type CallName, type Calls } from '../contract/calls'
import type { StaffMember } from './postgres/residents'
import { bindAccount } from './use-cases/bind-account'
import { checkReceipt } from './use-cases/check-receipt'
import { getAccount } from './use-cases/get-account'
import { getBill } from './use-cases/get-bill'
import { getMe } from './use-cases/get-me'
import { getPayment } from './use-cases/get-payment'
import { getReceipt } from './use-cases/get-receipt'
import { labelAccount } from './use-cases/label-account'
import { listAccounts } from './use-cases/list-accounts'
import { listBillers } from './use-cases/list-billers'
import { listBills } from './use-cases/list-bills'
import { listReceiptKeys } from './use-cases/list-receipt-keys'
import { listReceipts } from './use-cases/list-receipts'
import { lookUpAccount } from './use-cases/look-up-account'
import type { Caller, Ports } from './use-cases/ports'
import { printReceipt } from './use-cases/print-receipt'
import { quotePayment } from './use-cases/quote-payment'
import { saveMe } from './use-cases/save-me'
import { startPayment } from './use-cases/start-payment'
import { unbindAccount } from './use-cases/unbind-account'
import { undoItem } from './use-cases/undo-item'

type Parsed<Name extends CallName> = z.output<Calls[Name]['request']>
type ByResident<Name extends CallName> = (
  ports: Ports,
  caller: Caller,
  request: Parsed<Name>,
) => Promise<Answer<Calls[Name]>>
type ByStaff<Name extends CallName> = (
  ports: Ports,
  staff: StaffMember,
  request: Parsed<Name>,
) => Promise<Answer<Calls[Name]>>

/** Calls whose contract says `audience: 'clerk'`; the dispatcher goes by the contract. */
type ClerkCall = 'check-receipt' | 'print-receipt'

/** The use case behind each call: a clerk's call gets the staff member, any other the caller. */
export const ANSWERS: {
  [Name in CallName]: Name extends ClerkCall ? ByStaff<Name> : ByResident<Name>
} = {
  'list-billers': listBillers,
  'look-up-account': lookUpAccount,
  'bind-account': bindAccount,
  'label-account': labelAccount,
  'unbind-account': unbindAccount,
  'list-accounts': listAccounts,
  'get-account': getAccount,
  'list-bills': listBills,
  'get-bill': getBill,
  'quote-payment': quotePayment,
  'start-payment': startPayment,
  'get-payment': getPayment,
  'undo-item': undoItem,
  'list-receipts': listReceipts,
  'get-receipt': getReceipt,
  'list-receipt-keys': listReceiptKeys,
  'check-receipt': checkReceipt,
  'print-receipt': printReceipt,
  'get-me': getMe,
  'save-me': saveMe,
}

/** True for a name that the contract declares. */
export function isCallName(name: string): name is CallName {
  return Object.hasOwn(CALLS, name)
}
