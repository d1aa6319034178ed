import type { Database } from '../../../src/cloud/postgres/database'
import {
  closePayment,
  type PaymentToStart,
  recordPaid,
  startPaymentRow,
} from '../../../src/cloud/postgres/payment-writes'
import { approveRefund, askRefund } from '../../../src/cloud/postgres/refund-requests'
import { finishRefund, markRefundSent, type RefundEnd } from '../../../src/cloud/postgres/refunds'
import { undoItemRow } from '../../../src/cloud/postgres/undo'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { moneyLines } from '../../support/money-lines'
import { aLife, PAID, STEPS, type Step } from '../../support/money-steps'
import { anotherOf, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const at = (seconds: number) => TODAY + seconds * 1_000

describe(`what a refund writes before the posting, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  /** An item of 100 that lived so far; a clerk gives it back, and WeChat tells its end. */
  const givenBack = async (steps: readonly Step[]) => {
    const { paymentId } = await aLife(database, steps)
    const follow = moneyLines(database, paymentId)
    const amountFen = fen(100)
    const asked = { paymentId, itemNo: 1, amountFen, reason: 'moved out', actor: 'li' }
    const { refundNo = 0 } = await askRefund(database, asked, at(100))
    const refund = { paymentId, refundNo }
    await approveRefund(database, refund, 'zhao', at(101))
    await markRefundSent(database, refund, 'w-1', at(104))
    await follow('so far', async () => undefined)
    const end: RefundEnd = {
      state: 'done',
      refundNumber: `${paymentId}R${refundNo}`,
      wechatRefundId: 'w-1',
      ...{ amountFen, payerFen: amountFen, at: at(110) },
    }
    const work = () => finishRefund(database, refund, end, at(111))
    return [...(await follow('end', work)), ...(await follow('again', work))]
  }

  it('frees the bill that was credited with it, once, when the whole is back', async () => {
    expect(await givenBack([...PAID, 'credit'])).toEqual([
      'end: "recorded"',
      '+ audit free:P-0:1:P: at=111s act=free-bill actor=P subject_id=account-1',
      '+ audit refund-done:101: at=111s act=finish-refund actor=wechat reason=done subject_id=P',
      '  bill P-0: status=due credited_at credited_item_no credited_payment_id',
      '  item 1: refunded_fen=100',
      '+ movement 1 refund-done:101: at=111s debit=refunding credit=wallet biller_id=biller-1 amount_fen=100',
      '  refund 101: state=done payer_fen=100 finished_at=110s',
      '  task refund 101: done_at=111s',
      'again: "before"',
    ])
  })

  /** Money that came after the close of a payment and went back, while another payment of the bill had come so far. */
  const lateMoney = async (meanwhile: (payer: PaymentToStart) => Promise<unknown>) => {
    const late = await aLife(database, ['start', 'close'])
    const [payer, other] = [anotherOf(late.payment), anotherOf(late.payment)]
    const items = payer.items.map((item) => ({ ...item, undoMinutes: 10 }))
    await startPaymentRow(database, { ...payer, items }, TODAY)
    await meanwhile(payer)
    for (const step of ['settle', 'credit', 'giveBack', 'sent', 'refunded'] as const)
      await STEPS[step](database, late)
    return { payer, start: () => startPaymentRow(database, other, TODAY) }
  }

  it('leaves the bill to somebody who was asked to pay it before this money came', async () => {
    const { payer, start } = await lateMoney(async () => undefined)
    expect(await start()).toMatchObject({ refused: 'being-paid', holder: payer.paymentId })
    await closePayment(database, payer.paymentId, TODAY)
    expect(await start()).toMatchObject({ started: expect.anything() })
  })

  it('leaves the bill to somebody who paid it before this money came, until they take that back', async () => {
    const { payer, start } = await lateMoney(({ paymentId }) =>
      recordPaid(database, { paymentId, fact: paidFactOf(paymentId) }, TODAY),
    )
    expect(await start()).toMatchObject({ refused: 'already-paid' })
    await undoItemRow(database, { paymentId: payer.paymentId, itemNo: 1 }, TODAY)
    expect(await start()).toMatchObject({ started: expect.anything() })
  })

  it('leaves a bill alone that was not credited with it', async () => {
    const lines = await givenBack(PAID)
    expect(lines.filter((line) => /^ {2}(bill|item)|free/.test(line))).toEqual([
      '  item 1: refunded_fen=100',
    ])
  })
})
