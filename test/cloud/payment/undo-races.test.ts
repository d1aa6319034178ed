import type { Database } from '../../../src/cloud/postgres/database'
import { beginPosting, claimTask } from '../../../src/cloud/postgres/outbox'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { endUndo, undoItemRow } from '../../../src/cloud/postgres/undo'
import { aDatabase, engineName } from '../../support/databases'
import { aStoredPayment, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const MINUTE_MS = 60_000
const ITEM = { orderNo: 1, principal: 100, lateFee: 5, undoMinutes: 10 }

describe(`taking back against posting, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  const settled = async () => {
    const paymentId = await aStoredPayment(database, [ITEM])
    const fact = paidFactOf(paymentId, [ITEM])
    expect(await recordPaid(database, { paymentId, fact }, TODAY)).toBe('settled')
    return { paymentId, itemNo: 1 }
  }

  it('settling leaves the posting to be done when the time is over', async () => {
    const key = { ...(await settled()), kind: 'post' as const }
    const claim = (minutes: number) =>
      claimTask(database, key, TODAY + minutes * MINUTE_MS, MINUTE_MS)
    expect(await claim(9)).toBeUndefined()
    expect(await claim(10)).toMatchObject({ attempts: 1 })
  })

  it('one of the two wins, whoever comes first, and forty times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const item = await settled()
        const post = () => endUndo(database, item, TODAY)
        const undo = () => undoItemRow(database, item, TODAY)
        if (index % 2 === 0) {
          const [ended, answer] = await Promise.all([post(), undo()])
          return { item, ended, isUndone: 'undone_at' in answer }
        }
        const [answer, ended] = await Promise.all([undo(), post()])
        return { item, ended, isUndone: 'undone_at' in answer }
      }),
    )
    for (const { item, ended, isUndone } of answers) {
      expect(ended).toBe(isUndone ? 'undone' : 'ended')
      expect(await beginPosting(database, item, TODAY)).toBe(isUndone ? 'undone' : 'begun')
    }
    const won = answers.filter(({ isUndone }) => isUndone).length
    expect([won > 0, won < answers.length]).toEqual([true, true])
  })

  it('ten taps at once take it back once, with one refund', async () => {
    const item = await settled()
    const taps = await Promise.all(
      Array.from({ length: 10 }, (_, index) => undoItemRow(database, item, TODAY + index)),
    )
    expect(new Set(taps.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(taps[0]).toHaveProperty('undone_at')
  })

  it('what is being posted is not taken back', async () => {
    const item = await settled()
    expect(await beginPosting(database, item, TODAY)).toBe('begun')
    expect(await undoItemRow(database, item, TODAY)).toEqual({ refused: 'too-late' })
  })

  it('refuses in the order of its reasons', async () => {
    const refusal = async (item: { paymentId: string; itemNo: number }, at = TODAY) =>
      undoItemRow(database, item, at)
    const unpaid = { paymentId: await aStoredPayment(database), itemNo: 1 }
    expect(await refusal({ ...unpaid, paymentId: 'nobody' })).toEqual({ refused: 'not-found' })
    expect(await refusal({ ...unpaid, itemNo: 2 })).toEqual({ refused: 'not-found' })
    expect(await refusal(unpaid)).toEqual({ refused: 'not-paid' })
    const fact = paidFactOf(unpaid.paymentId)
    await recordPaid(database, { paymentId: unpaid.paymentId, fact }, TODAY)
    expect(await refusal(unpaid, TODAY + 60 * MINUTE_MS)).toEqual({ refused: 'not-undoable' })
    const late = await settled()
    expect(await refusal(late, TODAY + 10 * MINUTE_MS)).toEqual({ refused: 'too-late' })
    expect(await refusal(late, TODAY + 10 * MINUTE_MS - 1)).toHaveProperty('undone_at')
  })
})
