import { statement } from '../../../src/cloud/postgres/database'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import {
  approveRefund,
  askRefund,
  declineRefund,
} from '../../../src/cloud/postgres/refund-requests'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { inviteStaff } from '../../../src/cloud/postgres/staff'
import { resyncAccount } from '../../../src/cloud/use-cases/sync-account'
import { fen } from '../../../src/core/money'
import { engineName } from '../../support/databases'
import { expectLawsHold } from '../../support/money-laws'
import { CLERK, pay, paymentOf, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const BALANCES = statement(
  'test-balances',
  `select ledger_account as account, sum(amount_fen)::bigint as amount from ledger_entry
   group by ledger_account having sum(amount_fen) <> 0 order by ledger_account`,
)
const BILLER = 'jinghua-power'
const GRANDMOTHER = 'o-demo-grandmother'
const HOSTED = 'liuzhen-water'

describe(`refunds that people ask for, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
    await seat('li', 'o-li', 'clerk')
    await seat('zhao', 'o-zhao', 'supervisor')
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  const seat = (staffId: string, openid: string, role: 'clerk' | 'supervisor', billerId = BILLER) =>
    inviteStaff(
      town.database,
      { staffId, billerId, openid, displayName: staffId, role },
      town.clock.now(),
    )
  const balances = () => town.database.run<{ account: string; amount: number }>(BALANCES)
  const passMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await town.pass(60_000)
      await town.jobs()
      await town.pass(0)
    }
  }
  const biller = (id = BILLER) => {
    const found = town.neighbours.billers.get(id)
    if (found === undefined) throw new Error('there is such a biller')
    return found
  }
  const stored = (paymentId: string, openid = WANG) =>
    derivePaymentId(town.ports.personalData, openid, paymentId)
  const ask = (paymentId: string, amount: number, actor = 'li', reason = '多收了', openid = WANG) =>
    askRefund(
      town.database,
      { paymentId: stored(paymentId, openid), itemNo: 1, amountFen: fen(amount), reason, actor },
      town.clock.now(),
    )
  const approve = (paymentId: string, refundNo: number, staffId = 'zhao') =>
    approveRefund(
      town.database,
      { paymentId: stored(paymentId), refundNo },
      staffId,
      town.clock.now(),
    )
  const itemOf = async (paymentId: string, openid = WANG) =>
    (await paymentOf(town, openid, paymentId)).items[0]
  const kinds = async (paymentId: string, openid = WANG) =>
    (await itemOf(paymentId, openid))?.trail.map(
      (one) => `${one.kind}${one.at === undefined ? '?' : ''}`,
    )
  const states = async (paymentId: string) =>
    (await refundsOf(town.database, stored(paymentId))).map((one) => one.state)

  it('what the biller credited goes back after another person agrees and the biller reverses it', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    const { amount = 0 } = (await itemOf(paymentId)) ?? {}
    expect(await ask(paymentId, amount)).toEqual({ answer: 'requested', refundNo: 101 })
    expect(await ask(paymentId, amount)).toEqual({ answer: 'before', refundNo: 101 })
    await passMinutes(2)
    expect(biller().books.reversals()).toEqual([])
    expect(await approve(paymentId, 101)).toBe('approved')
    expect(await approve(paymentId, 101)).toBe('before')
    await passMinutes(3)
    expect(biller().books.reversals()).toHaveLength(1)
    expect((await kinds(paymentId))?.slice(2)).toEqual([
      'posted',
      'matched?',
      'refund-asked',
      'reversed',
      'refund-sent',
      'refund-arrived',
    ])
    expect(await balances()).toEqual([])
  })

  it('a bill that was given back whole can be paid anew once its biller issues it anew', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    await ask(paymentId, (await itemOf(paymentId))?.amount ?? 0)
    await approve(paymentId, 101)
    await passMinutes(3)
    const { accountId = '' } = (await itemOf(paymentId)) ?? {}
    await resyncAccount(town.ports, accountId)
    const again = await pay(town, WANG, BILLER)
    expect(again.paymentId).not.toBe(paymentId)
    expect((await itemOf(again.paymentId))?.state).toBe('posted')
    expect(biller().books.credits()).toHaveLength(2)
  })

  it('from its approval on no receipt proves the payment at a counter any more', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    const [row] = replyOf(await town.call(WANG, 'list-receipts', { paymentId })).rows
    const receiptNumber = row?.receiptNumber ?? ''
    const verdict = async () =>
      replyOf(await town.call(CLERK, 'check-receipt', { receiptNumber })).verdict
    await ask(paymentId, (await itemOf(paymentId))?.amount ?? 0)
    expect(await verdict()).toBe('posted')
    await approve(paymentId, 101)
    expect(await verdict()).toBe('returning')
    expect(await town.call(CLERK, 'print-receipt', { receiptNumber })).toMatchObject({
      reason: 'not-posted',
    })
    await passMinutes(3)
    expect(await verdict()).toBe('refunded')
  })

  it('parts add up, a minute apart, and never to more than was paid', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    const { amount = 0 } = (await itemOf(paymentId)) ?? {}
    await ask(paymentId, 1_000)
    await ask(paymentId, 500, 'li', '再退一点')
    expect((await ask(paymentId, amount - 1_499)).answer).toBe('too-much')
    await approve(paymentId, 101)
    await approve(paymentId, 102)
    await passMinutes(4)
    expect(await states(paymentId)).toEqual(['done', 'done'])
    const [order] = town.weChatPay.orders()
    const [first, second] = order?.shares[0]?.refunds ?? []
    expect((second?.createdAt ?? 0) - (first?.createdAt ?? 0)).toBeGreaterThanOrEqual(60_000)
    const parts = (await itemOf(paymentId))?.trail.filter((one) => one.kind === 'refund-arrived')
    expect(parts?.map((one) => one.amount)).toEqual([1_000, 500])
    expect(await balances()).toEqual([
      { account: 'posted', amount: -(amount - 1_500) },
      { account: 'wallet', amount: amount - 1_500 },
    ])
  })

  it('nobody approves what they asked for, under whatever desk, nor what they paid, nor for another biller', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    await seat('zhao-2', 'o-zhao', 'supervisor')
    await seat('wang', WANG, 'supervisor')
    await seat('other', 'o-other', 'supervisor', 'shenjiang-water')
    expect((await ask(paymentId, 100, 'other')).answer).toBe('not-staff')
    expect((await ask(paymentId, 100, 'nobody')).answer).toBe('not-staff')
    expect((await ask(paymentId, 100, 'zhao')).answer).toBe('requested')
    expect(await approve(paymentId, 101, 'zhao')).toBe('own-request')
    expect(await approve(paymentId, 101, 'zhao-2')).toBe('own-request')
    expect(await approve(paymentId, 101, 'wang')).toBe('own-payment')
    expect(await approve(paymentId, 101, 'other')).toBe('not-staff')
    expect(await approve(paymentId, 101, 'li')).toBe('not-staff')
    expect(await approve(paymentId, 109, 'zhao')).toBe('unknown-refund')
    await passMinutes(2)
    expect(await states(paymentId)).toEqual(['requested'])
  })

  it('a biller that does not take its credit back ends the refund, and no money moves', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    biller().setFaults({ reversalNotAllowed: 1 })
    await ask(paymentId, 100)
    await approve(paymentId, 101)
    await passMinutes(2)
    const [refund] = await refundsOf(town.database, stored(paymentId))
    expect(refund).toMatchObject({ state: 'declined', declinedFor: 'not-allowed' })
    expect(await kinds(paymentId)).toEqual(['wechat', 'settled', 'posted', 'matched?'])
    expect(town.weChatPay.orders()[0]?.shares[0]?.refunds ?? []).toEqual([])
  })

  it('a reversal whose answer was lost is asked for again, and made once', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    biller().setFaults({ timeOutAfterReversal: 1 })
    await ask(paymentId, 100)
    await approve(paymentId, 101)
    await passMinutes(1)
    expect(await states(paymentId)).toEqual(['approved'])
    biller().setFaults({ timeOutAfterReversal: 0 })
    await passMinutes(12)
    expect(await states(paymentId)).toEqual(['done'])
    expect(biller().books.reversals()).toHaveLength(1)
  })

  it('what WeChat closed is asked for again under a new number, without a second reversal', async () => {
    const { paymentId } = await pay(town, WANG, BILLER)
    town.weChatPay.faults.set({ refundClosed: 1 })
    await ask(paymentId, 100)
    await approve(paymentId, 101)
    await passMinutes(3)
    expect(await states(paymentId)).toEqual(['closed'])
    town.weChatPay.faults.set({ refundClosed: 0 })
    expect(await ask(paymentId, 100)).toEqual({ answer: 'requested', refundNo: 102 })
    await approve(paymentId, 102)
    await passMinutes(3)
    expect(await states(paymentId)).toEqual(['closed', 'done'])
    expect((await kinds(paymentId))?.slice(-6)).toEqual([
      'refund-sent',
      'refund-failed',
      'refund-asked',
      'reversed',
      'refund-sent',
      'refund-arrived',
    ])
    expect(biller().books.reversals()).toHaveLength(1)
  })

  describe('of her water works, which has no system of its own', () => {
    beforeEach(async () => {
      await seat('sun', 'o-sun', 'clerk', HOSTED)
      await seat('qian', 'o-qian', 'supervisor', HOSTED)
    })

    it('what is still to be posted goes back whole or not at all; declined, it is posted', async () => {
      const { paymentId } = await pay(town, GRANDMOTHER)
      const key = { paymentId: stored(paymentId, GRANDMOTHER), refundNo: 101 }
      const { amount = 0 } = (await itemOf(paymentId, GRANDMOTHER)) ?? {}
      expect((await ask(paymentId, 100, 'sun', '退', GRANDMOTHER)).answer).toBe('whole-only')
      expect((await ask(paymentId, amount, 'sun', '退', GRANDMOTHER)).answer).toBe('requested')
      await passMinutes(12)
      expect((await itemOf(paymentId, GRANDMOTHER))?.state).toBe('unposted')
      const by = { staffId: 'qian', reason: '不退' }
      expect(await declineRefund(town.database, key, by, town.clock.now())).toBe('declined')
      expect(await declineRefund(town.database, key, by, town.clock.now())).toBe('before')
      const late = await approveRefund(town.database, key, 'qian', town.clock.now())
      expect(late).toBe('not-open')
      await passMinutes(2)
      expect((await itemOf(paymentId, GRANDMOTHER))?.state).toBe('posted')
    })

    it('its supervisor’s word is the reversal', async () => {
      const { paymentId } = await pay(town, GRANDMOTHER)
      await passMinutes(12)
      expect((await itemOf(paymentId, GRANDMOTHER))?.state).toBe('posted')
      await ask(paymentId, 100, 'sun', '退', GRANDMOTHER)
      const key = { paymentId: stored(paymentId, GRANDMOTHER), refundNo: 101 }
      expect(await approveRefund(town.database, key, 'qian', town.clock.now())).toBe('approved')
      await passMinutes(3)
      const [refund] = await refundsOf(town.database, key.paymentId)
      expect(refund).toMatchObject({ state: 'done', needsReversal: true, amountFen: 100 })
    })
  })

  describe('made on the merchant platform', () => {
    const transactionOf = (index: number) =>
      town.weChatPay.orders()[index]?.shares[0]?.transactionId ?? ''

    it('is taken in from its notice, and stops the posting that had not begun', async () => {
      const { paymentId } = await pay(town, GRANDMOTHER)
      const { amount = 0 } = (await itemOf(paymentId, GRANDMOTHER)) ?? {}
      const number = town.weChatPay.refundByHand(transactionOf(0), amount)
      await passMinutes(14)
      const [refund, ...others] = await refundsOf(town.database, stored(paymentId, GRANDMOTHER))
      expect(others).toEqual([])
      expect(refund).toMatchObject({
        refundNumber: number,
        state: 'done',
        rule: 'merchant-platform',
        amountFen: amount,
      })
      expect((await itemOf(paymentId, GRANDMOTHER))?.state).toBe('unposted')
      expect((await kinds(paymentId, GRANDMOTHER))?.slice(2)).toEqual([
        'refund-sent',
        'refund-arrived',
      ])
      expect(await balances()).toEqual([])
    })

    it('of what is credited is taken in as it is, and a second one never gives more than was paid', async () => {
      const { paymentId } = await pay(town, WANG, BILLER)
      const { amount = 0 } = (await itemOf(paymentId)) ?? {}
      town.weChatPay.refundByHand(transactionOf(0), 700)
      await passMinutes(2)
      expect(await states(paymentId)).toEqual(['done'])
      expect(await balances()).toEqual([
        { account: 'posted', amount: -(amount - 700) },
        { account: 'wallet', amount: amount - 700 },
      ])
      expect((await ask(paymentId, amount)).answer).toBe('too-much')
      town.weChatPay.faults.set({ refundClosed: 1 })
      town.weChatPay.refundByHand(transactionOf(0), 300)
      await passMinutes(2)
      expect(await states(paymentId)).toEqual(['done', 'closed'])
      expect((await balances())[0]).toEqual({ account: 'posted', amount: -(amount - 700) })
    })
  })
})
