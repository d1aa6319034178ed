import type { Manifest } from '../../../src/cloud/billers/manifest-schema'
import type { StoredBill } from '../../../src/cloud/postgres/bills'
import { billAmount } from '../../../src/cloud/use-cases/bill-amount'

/** A tenth of a percent a day, from the fifth day after the notice on. */
const RULE = {
  id: 'r',
  perTenThousandADay: 10,
  anchor: { kind: 'days-after-notice', days: 5 },
  minimumFen: 0,
  cap: 'none',
}
const bill = (noticeOn: string | null) =>
  ({
    principalFen: 10_000,
    month: '2026-10',
    issuedOn: '2026-10-22',
    noticeOn,
    dueOn: '2026-11-06',
  }) as StoredBill
const manifest = (lateFeeRule?: object) => ({ lateFeeRule }) as unknown as Manifest

describe('what a bill costs on a day', () => {
  it.each([
    ['its principal alone on the last free day', '2026-10-24', '2026-10-29', 0],
    ['what grew since the notice with it', '2026-10-24', '2026-11-03', 50],
    ['what grew since the day of issue with it where no notice is known', null, '2026-11-03', 70],
  ])('is %s', (_, noticeOn, on, lateFee) => {
    expect(billAmount(manifest(RULE), bill(noticeOn), on)).toStrictEqual({
      principal: 10_000,
      lateFee,
      total: 10_000 + lateFee,
    })
  })

  it.each([
    ['the day it was due', { kind: 'due-date' }, 40],
    ['a day of the month after its own', { kind: 'day-of-next-month', day: 8 }, 20],
  ])('grows from %s where the biller has it so', (_, anchor, lateFee) => {
    const asked = billAmount(manifest({ ...RULE, anchor }), bill(null), '2026-11-10')
    expect(asked.lateFee).toBe(lateFee)
  })

  it('never grows where the biller adds nothing for paying late', () => {
    expect(billAmount(manifest(), bill(null), '2027-11-10').total).toBe(10_000)
  })
})
