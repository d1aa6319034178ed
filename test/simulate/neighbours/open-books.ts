import type { Posting } from '../../../src/cloud/billers/biller'
import { dayOf, laterDay, momentOf } from '../calendar'
import type { Chance } from '../chance'
import type { Faults } from '../faults'
import type { Books } from '../laws/books'
import type { Plan } from '../plan'
import type { Scheduler } from '../scheduler'
import { createBillerBook } from './biller'
import { createFileShelf, type RowFlaw } from './files/flaws'
import { FLOW_FLAWS } from './files/trade-file'
import { touching } from './touching'
import { createWeChatBook } from './we-chat'

type Town = {
  chance: Chance
  faults: Faults
  scheduler: Scheduler
  plan: Plan
  receiptKey: Uint8Array
}

/** The books of WeChat and of every biller of a history, with what each does out of its own will. */
export function openBooks(
  { chance, faults, scheduler, plan, receiptKey }: Town,
  /** Hears of a bill that is owed again, since its biller refused its posting or took it back. */
  { free }: { free: (posting: Posting) => void },
): Books {
  const silent = new Set<string>()
  const shelf = openShelf({ chance, faults, scheduler }, silent)
  const takenBack = new Set<string>()
  let acts = 0
  const act = () => {
    acts += 1
  }
  const heldUntil = new Map<string, number>()
  const book = createWeChatBook({
    now: scheduler.now,
    couponPercent: (number) => chance.pick(`coupon/${number}`, [0, 0, 0, 10, 100]),
    staysOpen: (number) => chance.happens(`stays-open/${number}`, 0.5),
    paysAtClose: (number) => faults.inWorld(number, 'pays-at-close', 0.3),
    paysAfterEnd: (number) => faults.inWorld(number, 'pays-after-end', 0.5),
    payoutOf: (day) => chance.pick(`payout/${day}`, [0, 0, 5_000]),
    flowFlawOf: (payee, day) => chance.pick(`flow-flaw/${payee}/${day}`, FLOW_FLAWS),
    shelf,
    isHeldUp: (number) => {
      const isHeld = () => faults.inWorld(number, 'refund-held-up', 0.12)
      const minutes = chance.between(`held-up/${number}`, 1, 300)
      const until = heldUntil.get(number) ?? (isHeld() ? scheduler.now() + minutes * 60_000 : 0)
      heldUntil.set(number, until)
      return scheduler.now() < until
    },
    refundEnd: (number) => {
      if (faults.inWorld(number, 'refund-abnormal', 0.1)) return { state: 'abnormal' }
      if (faults.inWorld(number, 'refund-closed', 0.1)) return { state: 'closed' }
      const place = chance.pick(`arrives/${number}`, [{ arrivedIn: '零钱' }, {}])
      return { state: 'done', ...place }
    },
  })
  const weChat = touching(book, act)
  const heardAt = new Map<string, number>()
  /** A posting whose answers are lost until the morning after, when the file tells of it. */
  const unheard = (postingId: string): number => {
    const known = heardAt.get(postingId)
    if (known !== undefined) return known
    const isUnheard = faults.inWorld(postingId, 'posting-unheard', 0.04)
    const morning = momentOf(laterDay(dayOf(scheduler.now()), 1), '10:00')
    const minutes = chance.between(`heard-at/${postingId}`, 0, 90)
    heardAt.set(postingId, isUnheard ? morning + minutes * 60_000 : 0)
    return unheard(postingId)
  }
  const billers = new Map(
    plan.billerIds.map((id) => [
      id,
      touching(
        createBillerBook(
          { billerId: id, planned: plan.accounts.filter(({ billerId }) => billerId === id) },
          {
            now: scheduler.now,
            shelf,
            someItem: () => {
              const number = [...weChat.orders.keys()].sort()[0]
              return number && `${number.slice(0, 26)}-1`
            },
            unheardUntil: (postingId) => unheard(postingId),
            loses: (postingId) => faults.inWorld(postingId, 'posting-lost', 0.03),
            refuses: (posting) => {
              const refuses = faults.inWorld(posting.postingId, 'posting-refused', 0.1)
              if (refuses) free(posting)
              return refuses
            },
            refusesReversal: (id) => faults.inWorld(id, 'reversal-refused', 0.2),
            reversed: free,
          },
        ),
        act,
      ),
    ]),
  )
  return {
    weChat,
    billers,
    flaws: shelf.flaws,
    silent,
    takenBack,
    known: new Map(),
    receiptKey,
    sitters: new Map(plan.desks.map(({ staffId, openid }) => [staffId, openid])),
    touched: () => acts + shelf.flaws.length + takenBack.size,
  }
}

const ROW_FLAWS: readonly RowFlaw[] = [
  'file-row-lost',
  'file-row-twice',
  'file-row-differs',
  'file-row-strange',
]

/** Files come late or cut off, or with a wrong row; of an order without notices the file alone tells. */
function openShelf(
  { chance, faults, scheduler }: Pick<Town, 'chance' | 'faults' | 'scheduler'>,
  silent: ReadonlySet<string>,
) {
  let readings = 0
  return createFileShelf({
    now: scheduler.now,
    atReading: (file) => {
      readings += 1
      const own = `${file}/${readings}`
      if (faults.inWorld(own, 'file-late', 0.1)) return 'file-late'
      return faults.inWorld(own, 'file-cut', 0.1) ? 'file-cut' : undefined
    },
    inRows: (file, rows) => {
      const kinds = file.startsWith('fund-flow')
        ? (['file-row-differs'] as const)
        : rows === 0
          ? (['file-row-strange'] as const)
          : ROW_FLAWS
      const flaw = chance.pick(`flaw-kind/${file}`, kinds)
      const at = chance.between(`flaw-at/${file}`, 0, Math.max(0, rows - 1))
      return faults.inWorld(file, flaw, rows === 0 ? 0.06 : 0.25)
        ? { flaw, at, how: chance.draw(`flaw-how/${file}`) }
        : undefined
    },
    isOnlyWord: (about) => silent.has(about) || silent.has(about.slice(0, 26)),
  })
}
