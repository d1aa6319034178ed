import type { Snapshot } from '../snapshot'
import { billsAreHeldOnce, billsAreOwed, creditIsOnce } from './bills'
import type { Books } from './books'
import { moneyIsProven } from './facts'
import { amountsAgree, ledgerAgrees, walletAgrees } from './ledger'
import { matchIsTrue, rememberKnown } from './match'
import { receiptsAreOnce, receiptsAreTrue } from './receipts'
import { refundsAreBounded } from './refunds'
import { actsAreAudited, statesGoForward, tasksAreThere } from './rows'
import { lateMoneyStays, takenBackIsGivenBack } from './undo'

/**
 * The laws of money, held against the tables on one side and the neighbours' own books on the other.
 * Nothing of the judged code is used here. What must hold after every step; each breach as a sentence
 * that begins with its law.
 */
export function brokenLaws(now: Snapshot, before: Snapshot, books: Books): string[] {
  rememberKnown(now, before, books)
  return [
    ...(now === before ? [] : brokenByRows(now, before, books)),
    ...moneyIsProven(now, books),
    ...creditIsOnce(now, books),
    ...amountsAgree(now, books),
    ...refundsAreBounded(now, books),
    ...matchIsTrue(now, books),
    ...takenBackIsGivenBack(now, books),
    ...books.weChat.breaches.map((what) => `law 12: WeChat: ${what}`),
    ...[...books.billers.values()].flatMap(({ breaches }) =>
      breaches.map((what) => `law 12: biller: ${what}`),
    ),
  ]
}

/** What the tables say, of themselves and of what does not change at WeChat: as long as nobody writes, it is as it was judged before. */
function brokenByRows(now: Snapshot, before: Snapshot, books: Books): string[] {
  return [
    ...billsAreHeldOnce(now, before),
    ...billsAreOwed(now),
    ...ledgerAgrees(now, books),
    ...walletAgrees(now, books),
    ...receiptsAreOnce(now),
    ...receiptsAreTrue(now, books),
    ...tasksAreThere(now),
    ...statesGoForward(now, before),
    ...actsAreAudited(now),
    ...lateMoneyStays(now),
  ]
}
