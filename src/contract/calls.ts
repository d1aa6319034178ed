import { bindAccount } from './bind-account'
import { checkReceipt } from './check-receipt'
import { getAccount } from './get-account'
import { getBill } from './get-bill'
import { getMe } from './get-me'
import { getPayment } from './get-payment'
import { getReceipt } from './get-receipt'
import { labelAccount } from './label-account'
import { listAccounts } from './list-accounts'
import { listBillers } from './list-billers'
import { listBills } from './list-bills'
import { listReceiptKeys } from './list-receipt-keys'
import { listReceipts } from './list-receipts'
import { lookUpAccount } from './look-up-account'
import { printReceipt } from './print-receipt'
import { quotePayment } from './quote-payment'
import { saveMe } from './save-me'
import { startPayment } from './start-payment'
import { unbindAccount } from './unbind-account'
import { undoItem } from './undo-item'

/** Every call there is, by name. The dispatcher answers these and nothing else. */
export const CALLS = {
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
} as const

export type Calls = typeof CALLS
export type CallName = keyof Calls
