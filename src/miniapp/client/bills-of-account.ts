import { storedValue } from './storage'

/** Where the account waits whose bills the next opening of the Bills tab shows. */
export const BILLS_OF_ACCOUNT = 'bills-of-account'

const asked = storedValue<string>(BILLS_OF_ACCOUNT)

/** Leaves word for the Bills tab: switching to a tab takes no parameters along. */
export function askForBillsOf(accountId: string): void {
  try {
    asked.write(accountId)
  } catch {
    // A phone whose storage is full shows the bills of all accounts.
  }
}

/** The account that was asked for since the last time, once. */
export function takeAskedAccount(): string | undefined {
  const accountId = asked.read()
  if (accountId !== undefined) asked.drop()
  return accountId
}
