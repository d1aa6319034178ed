import type { GeneralRefusal } from '../../contract/call'
import type { CallName, Calls } from '../../contract/calls'
import type { Refused } from './cloud/call'
import * as say from './refusal-sentences'

/** What a page says to a refusal, and whether doing the same again can help. */
export type Refusal = {
  sentence: say.Sentence
  /** now: a button "try again". later: at the time in the sentence. no: something else is needed. */
  again: 'now' | 'later' | 'no'
}

type OwnReason<Name extends CallName> = Calls[Name]['refusals'][number]
type RefusalTable = {
  [Name in CallName]: [OwnReason<Name>] extends [never]
    ? Record<never, never>
    : Record<OwnReason<Name>, Refusal>
}

const now = (sentence: say.Sentence): Refusal => ({ sentence, again: 'now' })
const later = (sentence: say.Sentence): Refusal => ({ sentence, again: 'later' })
const no = (sentence: say.Sentence): Refusal => ({ sentence, again: 'no' })

/** Refusals that any call may give, and the one that only the phone knows. */
const GENERAL: Record<GeneralRefusal | 'offline', Refusal> = {
  malformed: no(say.malformed),
  'no-identity': now(say.noIdentity),
  'not-allowed': no(say.notAllowed),
  'try-again': now(say.tryAgain),
  offline: now(say.offline),
}

/** Every refusal of every call. A reason of the contract without its sentence does not compile. */
const OF_CALL: RefusalTable = {
  'list-billers': {},
  'look-up-account': {
    'unknown-biller': no(say.unknownBiller),
    'bad-account-number': no(say.badAccountNumber),
    'too-often': later(say.tooOften),
    'out-of-tries': later(say.outOfTries),
    'no-match': now(say.noMatch),
    suspended: no(say.suspended),
  },
  'bind-account': {
    'not-looked-up': no(say.notLookedUp),
    'too-many-accounts': no(say.tooManyAccounts),
  },
  'label-account': { 'not-found': no(say.noSuchAccount) },
  'unbind-account': { 'not-found': no(say.noSuchAccount) },
  'list-accounts': {},
  'get-account': { 'not-found': no(say.noSuchAccount) },
  'list-bills': { 'bad-cursor': now(say.badCursor) },
  'get-bill': { 'not-found': no(say.noSuchBill) },
  'quote-payment': { 'not-found': no(say.noSuchBill) },
  'start-payment': {
    'bad-payment-id': now(say.badPaymentId),
    'too-many-items': no(say.tooManyItems),
    'different-contents': no(say.differentContents),
    'not-found': no(say.noSuchBill),
    suspended: no(say.suspended),
    'already-paid': no(say.alreadyPaid),
    'being-paid': later(say.beingPaid),
    'closed-window': later(say.closedWindow),
    'amount-changed': now(say.amountChanged),
    'cannot-join': now(say.cannotJoin),
  },
  'get-payment': { 'not-found': no(say.noSuchPayment) },
  'undo-item': {
    'not-found': no(say.noSuchPayment),
    'not-paid': later(say.notPaidYet),
    'not-undoable': no(say.notUndoable),
    'too-late': no(say.tooLateToUndo),
    'being-refunded': no(say.beingRefunded),
  },
  'list-receipts': { 'bad-cursor': now(say.badCursor) },
  'get-receipt': { 'not-found': no(say.noSuchReceipt) },
  'list-receipt-keys': {},
  'check-receipt': { 'nothing-to-check': no(say.nothingToCheck) },
  'print-receipt': { 'not-found': no(say.noSuchReceipt), 'not-posted': later(say.notPosted) },
  'get-me': {},
  'save-me': { 'unknown-version': no(say.unknownVersion) },
}

/** The refusal behind a call's reason. A reason of a newer cloud reads as "try again". */
export function refusalOf<Name extends CallName>(
  name: Name,
  reason: Refused<Name>['reason'],
): Refusal {
  const own: Partial<Record<string, Refusal>> = OF_CALL[name]
  const general: Partial<Record<string, Refusal>> = GENERAL
  return own[reason] ?? general[reason] ?? GENERAL['try-again']
}
