import type { BoundAccount } from '../../../../contract/list-accounts'
import type { ADD_WORDS } from '../../../client/words/add'
import type { FoundAccount } from './use-add-account'

/**
 * What stands in the fields before anything is typed: the names that a bound account has now, so
 * that saving again moves nothing. Of one whose household this phone does not know it is left open.
 */
export function firstNames(
  found: FoundAccount,
  accounts: readonly BoundAccount[],
  words: (typeof ADD_WORDS)['zh'],
): { household: string; label: string } {
  const bound = accounts.find(({ accountId }) => accountId === found.accountId)
  if (bound !== undefined) return { household: bound.household, label: bound.label }
  if (found.boundAs !== undefined) return { household: '', label: found.boundAs }
  return { household: words.households[0] ?? '', label: words.labels[found.service] }
}

/** The resident's own households in their order, then the usual ones. */
export function householdChoices(
  accounts: readonly BoundAccount[],
  usual: readonly string[],
): string[] {
  return [...new Set([...accounts.map(({ household }) => household), ...usual])]
}
