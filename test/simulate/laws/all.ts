import type { Snapshot } from '../snapshot'
import { billsAreHeldOnce, creditIsOnce } from './bills'
import type { Books } from './books'
import { moneyIsProven } from './facts'
import { amountsAgree, ledgerAgrees } from './ledger'
import { refundsAreBounded } from './refunds'
import { actsAreAudited, receiptsAreOnce, statesGoForward, tasksAreThere } from './rows'
import { takenBackIsGivenBack } from './undo'

/**
 * The laws of money, held against the tables on one side and the neighbours' own books on the other.
 * Nothing of the judged code is used here. What must hold after every step; each breach as a sentence
 * that begins with its law.
 */
export function brokenLaws(now: Snapshot, before: Snapshot, books: Books): string[] {
  return [
    ...moneyIsProven(now, books),
    ...creditIsOnce(now, books),
    ...billsAreHeldOnce(now),
    ...ledgerAgrees(now),
    ...amountsAgree(now, books),
    ...receiptsAreOnce(now),
    ...tasksAreThere(now),
    ...refundsAreBounded(now, books),
    ...takenBackIsGivenBack(now, books),
    ...statesGoForward(now, before),
    ...actsAreAudited(now),
    ...books.weChat.breaches.map((what) => `law 12: WeChat: ${what}`),
    ...[...books.billers.values()].flatMap(({ breaches }) =>
      breaches.map((what) => `law 12: biller: ${what}`),
    ),
  ]
}
