import type { Posting } from '../../../src/cloud/billers/biller'
import type { Chance } from '../chance'
import type { Faults } from '../faults'
import type { Books } from '../laws/books'
import type { Plan } from '../plan'
import type { Scheduler } from '../scheduler'
import { createBillerBook } from './biller'
import { createWeChatBook } from './we-chat'

type Town = { chance: Chance; faults: Faults; scheduler: Scheduler; plan: Plan }

/** The books of WeChat and of every biller of a history, with what each does out of its own will. */
export function openBooks(
  { chance, faults, scheduler, plan }: Town,
  { refused }: { refused: (posting: Posting) => void },
): Books {
  const weChat = createWeChatBook({
    now: scheduler.now,
    couponPercent: (number) => chance.pick(`coupon/${number}`, [0, 0, 0, 10, 100]),
    staysOpen: (number) => chance.happens(`stays-open/${number}`, 0.5),
    paysAtClose: (number) => faults.inWorld(number, 'pays-at-close', 0.3),
    paysAfterEnd: (number) => faults.inWorld(number, 'pays-after-end', 0.5),
    refundEnd: (number) => {
      if (faults.inWorld(number, 'refund-abnormal', 0.1)) return 'abnormal'
      return faults.inWorld(number, 'refund-closed', 0.1) ? 'closed' : 'done'
    },
  })
  const billers = new Map(
    plan.billerIds.map((id) => [
      id,
      createBillerBook(
        plan.accounts.filter(({ billerId }) => billerId === id),
        {
          now: scheduler.now,
          refuses: (posting) => {
            const refuses = faults.inWorld(posting.postingId, 'posting-refused', 0.1)
            if (refuses) refused(posting)
            return refuses
          },
        },
      ),
    ]),
  )
  return { weChat, billers, takenBack: new Set() }
}
