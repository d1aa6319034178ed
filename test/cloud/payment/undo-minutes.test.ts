import type { Manifest } from '../../../src/cloud/billers/manifest-schema'
import type { PayableBill } from '../../../src/cloud/use-cases/payable-bills'
import { undoMinutesOf } from '../../../src/cloud/use-cases/undo-minutes'
import { TODAY } from '../../support/town'

/** 14:32 in Asia/Shanghai. */
const EXPIRES_AT = TODAY + 900_000

/** A bill of account A of a biller that has such rules. */
function bill(
  undoMinutes: number | undefined,
  closedWindows: Manifest['closedWindows'] = [],
): PayableBill {
  return {
    bill: { accountId: 'A' },
    manifest: { posting: { undoMinutes }, closedWindows },
  } as unknown as PayableBill
}

describe('how long a bill can be taken back', () => {
  it.each([
    ['as its biller lets a first payment of the account', bill(10), [], 10],
    ['whatever other account was paid before', bill(10), ['B'], 10],
    ['not at all where the account was paid before', bill(10), ['A'], 0],
    ['not at all where its biller does not let it', bill(undefined), [], 0],
    ['where its biller closes a minute after', bill(10, [{ from: '14:43', to: '15:00' }]), [], 10],
    ['not at all where it closes by then', bill(10, [{ from: '14:42', to: '15:00' }]), [], 0],
  ])('is %s', (_, payable, paidBefore, minutes) => {
    expect(undoMinutesOf(payable, new Set(paidBefore), EXPIRES_AT)).toBe(minutes)
  })
})
