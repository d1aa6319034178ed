import type { Snapshot } from '../snapshot'
import { billsAreHeldOnce, creditIsOnce } from './bills'
import type { Books } from './books'
import { moneyIsProven } from './facts'
import { amountsAgree, ledgerAgrees } from './ledger'
import { matchIsTrue } from './match'
import { refundsAreBounded } from './refunds'
import { actsAreAudited, receiptsAreOnce, statesGoForward, tasksAreThere } from './rows'
import { lateMoneyStays, takenBackIsGivenBack } from './undo'

/**
 * The laws of money, held against the tables on one side and the neighbours' own books on the other.
 * Nothing of the judged code is used here. What must hold after every step; each breach as a sentence
 * that begins with its law.
 */
export function brokenLaws(now: Snapshot, before: Snapshot, books: Books): string[] {
  return [
    ...(now === before ? [] : brokenByRows(now, before)),
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

/** What the tables alone say: as long as nobody writes, it is as it was judged before. */
function brokenByRows(now: Snapshot, before: Snapshot): string[] {
  return [
    ...billsAreHeldOnce(now),
    ...ledgerAgrees(now),
    ...receiptsAreOnce(now),
    ...tasksAreThere(now),
    ...statesGoForward(now, before),
    ...actsAreAudited(now),
    ...lateMoneyStays(now),
  ]
}
