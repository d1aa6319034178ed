import { statement } from '../../../src/cloud/postgres/database'
import { settledItems } from '../../../src/cloud/postgres/payments'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { approveRefund, askRefund } from '../../../src/cloud/postgres/refund-requests'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { endUndo } from '../../../src/cloud/postgres/undo'
import { creditBills, creditItem } from '../../../src/cloud/use-cases/credit-bills'
import { type Fen, fen } from '../../../src/core/money'
import { engineName } from '../../support/databases'
import { seatTwo } from '../../support/desks'
import { expectLawsHold } from '../../support/money-laws'
import { pay, paymentOf, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const GRANDMOTHER = 'o-demo-grandmother'
const WATER = 'liuzhen-water'
const ITEM = statement(
  'test-item-given-back',
  `select state, credit, receipt_code is not null as "isSigned" from payment_item where payment_id = $1`,
)
const UNSIGN = statement(
  'test-unsign',
  `update payment_item set credit = null, receipt_code = null, receipt_key_id = null where payment_id = $1`,
)
const AUDIT = statement(
  'test-bill-audit',
  `select split_part(audit_id, ':', 1) as act from audit where subject_id = $1 and audit_id ~ '^(credit|free):' order by at`,
)

describe(`what is given back before its biller heard of it, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
    await seatTwo(town, WATER)
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  const stored = (openid: string, paymentId: string) =>
    derivePaymentId(town.ports.personalData, openid, paymentId)
  const paid = async (openid: string, billerId: string) => {
    const { paymentId, items } = await pay(town, openid, billerId)
    const [bill] = items
    const amount = (await paymentOf(town, openid, paymentId)).items[0]?.amount
    if (bill === undefined || amount === undefined) throw new Error('nothing was paid')
    return { paymentId: stored(openid, paymentId), bill, amount }
  }
  const passMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await town.pass(60_000)
      await town.jobs()
      await town.pass(0)
    }
  }
  const giveByHand = (amount: Fen) =>
    town.weChatPay.refundByHand(town.weChatPay.orders()[0]?.shares[0]?.transactionId ?? '', amount)
  const standingOf = async (
    openid: string,
    { accountId, billId }: { accountId: string; billId: string },
  ) => replyOf(await town.call(openid, 'get-bill', { accountId, billId })).standing.kind
  const itemOf = async (paymentId: string) => (await town.database.run(ITEM, [paymentId]))[0]
  const actsOn = async (accountId: string) =>
    (await town.database.run<{ act: string }>(AUDIT, [accountId])).map(({ act }) => act)

  it('is owed as before, although its bill was credited, and can be paid by whoever lives there', async () => {
    const { paymentId, bill, amount } = await paid(GRANDMOTHER, WATER)
    await endUndo(town.database, { paymentId, itemNo: 1 }, town.clock.now())
    await creditBills(town.ports, paymentId)
    expect(await standingOf(GRANDMOTHER, bill)).toBe('unposted')
    giveByHand(amount)
    await passMinutes(3)
    expect((await refundsOf(town.database, paymentId)).map(({ state }) => state)).toEqual(['done'])
    expect(await itemOf(paymentId)).toEqual({
      state: 'unposted',
      credit: 'credited',
      isSigned: true,
    })
    expect(await standingOf(GRANDMOTHER, bill)).toBe('due')
    const again = await pay(town, GRANDMOTHER, WATER)
    await passMinutes(14)
    const [item] = (await paymentOf(town, GRANDMOTHER, again.paymentId)).items
    expect(item?.state).toBe('posted')
    expect(await actsOn(bill.accountId)).toEqual(['credit', 'free', 'credit'])
  })

  it('credits its bill never again, and has its receipt, when the credit step died before', async () => {
    const { paymentId, bill, amount } = await paid(GRANDMOTHER, WATER)
    await endUndo(town.database, { paymentId, itemNo: 1 }, town.clock.now())
    await town.database.run(UNSIGN, [paymentId])
    giveByHand(amount)
    await passMinutes(3)
    expect(await itemOf(paymentId)).toEqual({ state: 'unposted', credit: null, isSigned: true })
    const [item] = await settledItems(town.database, paymentId)
    expect(item && (await creditItem(town.ports, item))).toBe('not-due')
    expect(await itemOf(paymentId)).toMatchObject({ credit: 'not-due' })
    expect(await standingOf(GRANDMOTHER, bill)).toBe('due')
  })

  it('holds a bill no more that two people gave back while it could be taken back', async () => {
    const { paymentId, bill, amount } = await paid(GRANDMOTHER, WATER)
    await town.database.run(UNSIGN, [paymentId])
    const { refundNo = 0 } = await askRefund(
      town.database,
      { paymentId, itemNo: 1, amountFen: amount, reason: '退', actor: 'li' },
      town.clock.now(),
    )
    expect(await standingOf(GRANDMOTHER, bill)).toBe('unposted')
    await approveRefund(town.database, { paymentId, refundNo }, 'zhao', town.clock.now())
    await passMinutes(3)
    expect(await itemOf(paymentId)).toEqual({ state: 'unposted', credit: null, isSigned: true })
    expect(await standingOf(GRANDMOTHER, bill)).toBe('due')
    await pay(town, GRANDMOTHER, WATER)
    expect(await standingOf(GRANDMOTHER, bill)).toBe('unposted')
  })

  it('is as paid as before while a part of it is still here', async () => {
    const { bill } = await paid(GRANDMOTHER, WATER)
    giveByHand(fen(1))
    await passMinutes(3)
    expect(await standingOf(GRANDMOTHER, bill)).not.toBe('due')
  })

  it('frees no other bill of the payment that is called the same', async () => {
    const { prepayId, items } = await start(town, WANG, 'jinghua-power', 'yanjing-water')
    const [power, water] = items
    if (power === undefined || water === undefined) throw new Error('both are due')
    expect(power.billId).toBe(water.billId)
    town.weChatPay.tap(prepayId, 'paid')
    await town.pass(100)
    giveByHand(power.amountSeen)
    await passMinutes(3)
    expect(await standingOf(WANG, power)).toBe('due')
    expect(await standingOf(WANG, water)).toBe('posted')
  })
})
