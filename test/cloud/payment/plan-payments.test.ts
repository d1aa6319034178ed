import type { PayableBill } from '../../../src/cloud/use-cases/payable-bills'
import { heldUntil, planPayments } from '../../../src/cloud/use-cases/plan-payments'
import type { Ports } from '../../../src/cloud/use-cases/ports'

const NOON = Date.parse('2026-11-16T12:00:00+08:00')
const MINUTE_MS = 60_000

const bill = (billerId: string, billId: string, closes?: string) =>
  ({
    bill: { accountId: 'a', billId, billerId },
    manifest: {
      payee: { mode: 'partner', mchid: 'provider', subMchid: billerId },
      closedWindows: closes === undefined ? [] : [{ from: closes, to: '23:00' }],
    },
  }) as unknown as PayableBill

describe('bills that are paid together', () => {
  it('are grouped by who is paid, in their own order', () => {
    const bills = [bill('x', '1'), bill('y', '2'), bill('x', '3')]
    const [own, ...further] = planPayments(bills)
    expect(further).toEqual([])
    expect(own?.bills).toEqual(bills)
    expect(own?.plan).toMatchObject({
      kind: 'combined',
      initiator: 'provider',
      groups: [{ keys: ['a/1', 'a/3'] }, { keys: ['a/2'] }],
    })
  })

  it('that cannot join one order are payments of their own', () => {
    const direct = {
      ...bill('z', '9'),
      manifest: { payee: { mode: 'direct', mchid: 'z' }, closedWindows: [] },
    } as unknown as PayableBill
    const plans = planPayments([bill('x', '1'), direct])
    expect(plans.map(({ bills }) => bills.map((one) => one.bill.billId))).toEqual([['1'], ['9']])
  })

  it('are held as long as the first of their billers takes payments, a quarter of an hour at most', () => {
    const ports = { now: () => NOON } as Ports
    expect(heldUntil(ports, [bill('x', '1')])).toBe(NOON + 15 * MINUTE_MS)
    const soon = [bill('x', '1'), bill('y', '2', '12:11'), bill('z', '3', '12:14')]
    expect(heldUntil(ports, soon)).toBe(NOON + 10 * MINUTE_MS)
    expect(heldUntil(ports, [bill('x', '1'), bill('y', '2', '11:59')])).toBe(NOON)
  })
})
