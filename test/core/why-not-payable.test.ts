import fc from 'fast-check'
import { startPayment } from '../../src/contract/start-payment'
import { fen } from '../../src/core/money'
import { instantAt } from '../../src/core/time'
import {
  firstRefusal,
  NOT_PAYABLE,
  type PayableFacts,
  type WhyNotPayable,
  whyNotPayable,
} from '../../src/core/why-not-payable'

const NIGHT = [{ from: '23:30', to: '00:30' }]
const facts = (change: Partial<PayableFacts> = {}): PayableFacts => ({
  account: 'active',
  standing: 'due',
  closedWindows: NIGHT,
  now: instantAt('2026-11-16', '14:17'),
  amountDue: fen(7590),
  amountSeen: 7590,
  ...change,
})
const suspended = { account: 'suspended' } as const
const paid = { standing: 'posted' } as const
const paying = { standing: 'paying' } as const
const closed = { now: instantAt('2026-11-16', '23:45') }
const changed = { amountSeen: 7589 }

describe('why a bill cannot be paid', () => {
  test.each<[WhyNotPayable | undefined, Partial<PayableFacts>]>([
    [undefined, {}],
    ['suspended', suspended],
    ['already-paid', { standing: 'unposted' }],
    ['already-paid', { standing: 'posted' }],
    ['already-paid', { standing: 'rejected' }],
    ['already-paid', { standing: 'paid-elsewhere' }],
    ['already-paid', { standing: 'void' }],
    ['being-paid', paying],
    ['closed-window', closed],
    ['closed-window', { now: instantAt('2026-11-17', '00:29') }],
    ['closed-window', { now: instantAt('2026-11-16', '23:28') }],
    [undefined, { now: instantAt('2026-11-16', '23:26') }],
    [undefined, { now: instantAt('2026-11-17', '00:30') }],
    ['amount-changed', changed],
    ['amount-changed', { amountSeen: 7591 }],
  ])('%s: %o', (reason, change) => {
    expect(whyNotPayable(facts(change))).toBe(reason)
  })

  test('what was never shown cannot have changed', () => {
    const { amountSeen: _, ...unseen } = facts()
    expect(whyNotPayable(unseen)).toBeUndefined()
  })

  test.each<[WhyNotPayable, Partial<PayableFacts>]>([
    ['suspended', { ...suspended, ...paid, ...closed, ...changed }],
    ['suspended', { ...suspended, ...paying, ...closed, ...changed }],
    ['already-paid', { ...paid, ...closed, ...changed }],
    ['being-paid', { ...paying, ...closed, ...changed }],
    ['closed-window', { ...closed, ...changed }],
  ])('%s comes before whatever else holds', (reason, change) => {
    expect(whyNotPayable(facts(change))).toBe(reason)
  })

  test('the order is that of the call’s own list of refusals', () => {
    const reasons: readonly string[] = NOT_PAYABLE
    expect(startPayment.refusals.filter((reason) => reasons.includes(reason))).toEqual(NOT_PAYABLE)
  })
})

describe('of several bills', () => {
  test.each<[WhyNotPayable, WhyNotPayable[]]>([
    ['suspended', ['amount-changed', 'closed-window', 'being-paid', 'already-paid', 'suspended']],
    ['already-paid', ['being-paid', 'already-paid']],
    ['being-paid', ['closed-window', 'being-paid', 'amount-changed']],
    ['closed-window', ['amount-changed', 'closed-window']],
  ])('%s is said, wherever it stands: %j', (first, reasons) => {
    expect(firstRefusal(reasons.map((reason) => ({ reason })))?.reason).toBe(first)
  })

  test('the first of equals is named, and none where all can be paid', () => {
    const one = { reason: 'being-paid', billId: 'a' } as const
    const two = { reason: 'being-paid', billId: 'b' } as const
    expect(firstRefusal([one, two])).toBe(one)
    expect(firstRefusal([])).toBeUndefined()
  })

  test('the order in which bills are named never changes the reason', () => {
    const reasons = fc.array(fc.constantFrom(...NOT_PAYABLE), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(reasons, (list) => {
        const refusals = list.map((reason) => ({ reason }))
        const first = firstRefusal(refusals)?.reason
        return first === firstRefusal([...refusals].reverse())?.reason && first !== undefined
          ? refusals.every((one) => NOT_PAYABLE.indexOf(one.reason) >= NOT_PAYABLE.indexOf(first))
          : false
      }),
    )
  })
})
