import type { PostingMismatch } from '../../../src/cloud/postgres/differences'
import type { PaymentDossier } from '../../../src/cloud/postgres/payment-dossiers'
import type { StoredRefund } from '../../../src/cloud/postgres/refunds'
import type { OurSide } from '../../../src/cloud/use-cases/our-side'
import { postingDifference } from '../../../src/cloud/use-cases/posting-differences'

const DAY = { ownerId: 'jinghua-power', day: '2026-11-16' }
const NOON = '2026-11-16T12:00:00+08:00'
const LATE = '2026-11-16T23:30:00+08:00'
const PAYMENT = 'payment'

type Item = {
  itemNo: number
  state: string
  amountFen: number
  postingNumber: string | null
  postedAt: number | null
}
type Own = {
  state?: string
  items?: Partial<Item>[]
  refunds?: { itemNo: number; state: string }[]
  again?: string[]
}

/** Our books, as far as they are asked. */
function books({ state, items = [], refunds = [], again = [] }: Own): OurSide {
  const dossier = { payment: { state }, items } as unknown as PaymentDossier
  return {
    dossierOf: (paymentId) => (paymentId === PAYMENT && state !== undefined ? dossier : undefined),
    billOf: () => undefined,
    refundsOf: (paymentId) => (paymentId === PAYMENT ? (refunds as unknown as StoredRefund[]) : []),
    wasPostedAgain: (postingId) => again.includes(postingId),
  }
}

describe('a posting on which the biller’s file and our books do not agree', () => {
  const biller = { posting_id: 'payment-2', posting_number: 'P2', amount_fen: 100 }
  const ours = { posted_at: NOON, amount_fen: 100 }
  const item = {
    itemNo: 2,
    state: 'posted',
    amountFen: 100,
    postingNumber: 'P2',
    postedAt: Date.parse(NOON),
  }
  const first = { ...item, itemNo: 1, state: 'unposted', amountFen: 7, postingNumber: null }
  const paid = { state: 'paid', items: [first, item] }
  const difference = (one: Partial<PostingMismatch>, own: Own = {}) =>
    postingDifference(
      DAY,
      {
        paymentId: PAYMENT,
        itemNo: 2,
        side: 'biller',
        biller: null,
        ours: null,
        ...one,
      } as PostingMismatch,
      books(own),
    )
  const reasonOf = (...given: Parameters<typeof difference>) => {
    const found = difference(...given)
    return found && `${found.reason}: ${found.action}`
  }

  it('is noted with what both sides say, under the day, the posting and the reason', () => {
    expect(difference({ biller }, paid)).toEqual({
      paymentId: PAYMENT,
      differenceId: 'postings:2026-11-16:payment-2:biller-only',
      ownerId: 'jinghua-power',
      source: 'postings',
      day: '2026-11-16',
      reason: 'biller-only',
      action: 'person',
      facts: {
        about: 'payment-2',
        side: 'biller',
        itemNo: 2,
        biller,
        ours: null,
        own: { payment: 'paid', item: 'posted', refund: undefined },
      },
    })
    const id = 'somebody-else'
    const strange = difference({ biller: { ...biller, posting_id: id }, paymentId: id })
    expect(strange?.facts).toMatchObject({ about: id, own: { payment: undefined } })
    expect(difference({ side: 'ours', ours }, paid)).toMatchObject({
      differenceId: 'postings:2026-11-16:payment-2:ours-only',
      facts: { about: 'payment-2', side: 'ours', ours, own: {} },
    })
    expect(difference({ side: 'both', biller, ours }, paid)?.facts).toEqual({
      about: 'payment-2',
      side: 'both',
      itemNo: 2,
      biller,
      ours,
      own: {},
    })
  })

  it('is on both sides with two amounts, or twice in the file', () => {
    expect(reasonOf({ side: 'both', biller, ours }, paid)).toBe('amount-differs: person')
    expect(reasonOf({ side: 'twice', biller }, paid)).toBe('biller-only: person')
  })

  it('that only we have is told again, or waited for round midnight', () => {
    expect(reasonOf({ side: 'ours', ours })).toBe('ours-only: post-again')
    expect(reasonOf({ side: 'ours', ours: { posted_at: LATE } })).toBe('day-cut: wait')
  })

  it.each([
    ['posting', 'biller-only: ask'],
    ['unposted', 'biller-only: post-again'],
    ['rejected', 'biller-only: person'],
  ])('that only the biller has, of an item that is %s here', (state, reason) => {
    const items = [first, { ...item, state, postedAt: null, postingNumber: null }]
    expect(reasonOf({ biller }, { state: 'paid', items })).toBe(reason)
    expect(reasonOf({ biller }, { state: 'closed', items })).toBe('biller-only: person')
  })

  it('is a person’s where its money goes back, unless that was closed', () => {
    const items = [first, { ...item, state: 'posting', postedAt: null }]
    const own = { state: 'paid', items }
    const refund = (itemNo: number, state: string) =>
      difference({ biller }, { ...own, refunds: [{ itemNo, state }] })
    expect(refund(2, 'sent')?.action).toBe('person')
    expect(refund(2, 'sent')?.facts.own).toEqual({
      payment: 'paid',
      item: 'posting',
      refund: 'sent',
    })
    expect(refund(2, 'closed')?.action).toBe('ask')
    expect(refund(1, 'sent')?.action).toBe('ask')
  })

  it('that we have with another amount or number differs in it', () => {
    expect(reasonOf({ biller: { ...biller, amount_fen: 99 } }, paid)).toBe('amount-differs: person')
    expect(reasonOf({ biller: { ...biller, posting_number: 'P3' } }, paid)).toBe(
      'amount-differs: person',
    )
  })

  it('that we have round midnight may be on the other day’s file', () => {
    const items = [{ ...item, postedAt: Date.parse(LATE) }]
    expect(reasonOf({ biller }, { state: 'paid', items })).toBe('day-cut: wait')
  })

  it('is none where the biller was told anew, of the same amount', () => {
    const again = ['payment-2']
    expect(reasonOf({ biller }, { ...paid, again })).toBeUndefined()
    expect(reasonOf({ biller: { ...biller, amount_fen: 99 } }, { ...paid, again })).toBe(
      'amount-differs: person',
    )
    expect(reasonOf({ side: 'ours', ours }, { ...paid, again })).toBe('ours-only: post-again')
    expect(reasonOf({ side: 'twice', biller }, { ...paid, again })).toBe('biller-only: person')
  })

  it('is of the biller alone where we have no such item', () => {
    expect(reasonOf({ biller, itemNo: 3 }, paid)).toBe('biller-only: person')
    expect(reasonOf({ biller })).toBe('biller-only: person')
  })
})
