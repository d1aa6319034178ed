import { type Database, statement } from '../../src/cloud/postgres/database'
import { handToPerson } from '../../src/cloud/postgres/outbox'
import { recordPaid, startPaymentRow } from '../../src/cloud/postgres/payment-writes'
import {
  approveRefund,
  askRefund,
  settleWithBiller,
} from '../../src/cloud/postgres/refund-requests'
import { finishRefund, type RefundEnd, takeInRefund } from '../../src/cloud/postgres/refunds'
import { fen } from '../../src/core/money'
import { orderNumber } from '../../src/core/payment-id'
import { moneyLines } from './money-lines'
import { postItem } from './money-steps'
import { aPaymentToStart, paidFactOf } from './stored-payment'
import { TODAY } from './town'

export const at = (seconds: number) => TODAY + seconds * 1_000
const FLAWS = statement('test-flaws', 'select * from ledger_flaws($1)')
/** Of a new refund what is of interest here. */
function short(line: string): string {
  if (!line.startsWith('+ refund')) return line
  const facts = line.match(/(state|part_no|amount_fen|takes_from)=\S+/g) ?? []
  return `${line.slice(0, line.indexOf(':'))}: ${facts.join(' ')}`
}
/** The first number of what people ask for, or give back by hand. */
export const FIRST = 101

/** A paid order of bills of so much, some of them credited by their biller. */
export async function aPaidOrder(
  database: Database,
  { bills, posted = [] }: { bills: number[]; posted?: number[] },
) {
  const items = bills.map((principal) => ({ orderNo: 1, principal, lateFee: 0 }))
  const payment = await aPaymentToStart(database, items)
  const { paymentId } = payment
  await startPaymentRow(database, payment, TODAY)
  await recordPaid(database, { paymentId, fact: paidFactOf(paymentId, items) }, TODAY)
  for (const itemNo of posted) await postItem(database, paymentId, itemNo)
  const follow = moneyLines(database, paymentId)
  await follow('so far', async () => undefined)
  const lines: string[] = []
  const step = async (name: string, work: () => Promise<unknown>) => {
    lines.push(...(await follow(name, work)), ...(await follow('again', work)))
    expect(await database.run(FLAWS, [paymentId])).toEqual([])
  }
  const key = (refundNo: number) => ({ paymentId, refundNo })
  return {
    paymentId,
    step,
    told: () =>
      lines
        .splice(0)
        .filter((line) => !line.includes(' audit '))
        .map(short),
    key,
    takeIn: (amount: number, refundNumber = 'by-hand', madeAt = 90) =>
      step(`by hand ${amount}`, () =>
        takeInRefund(
          database,
          {
            paymentId,
            refundNumber,
            wechatRefundId: 'w',
            orderNumber: orderNumber(paymentId, 1),
            amountFen: fen(amount),
            createdAt: at(madeAt),
          },
          at(100),
        ),
      ),
    end: (
      state: RefundEnd['state'],
      amount: number,
      payer = amount,
      refundNumber = 'by-hand',
      refundNo = FIRST,
    ) =>
      step(state, () =>
        finishRefund(
          database,
          key(refundNo),
          {
            state,
            refundNumber,
            wechatRefundId: 'w',
            amountFen: fen(amount),
            payerFen: fen(payer),
            at: at(110),
          },
          at(111),
        ),
      ),
    agree: async (itemNo: number, amount: number) => {
      const reason = 'moved out'
      const asked = { paymentId, itemNo, amountFen: fen(amount), reason, actor: 'li' }
      const { refundNo = 0 } = await askRefund(database, asked, at(80))
      expect(await approveRefund(database, key(refundNo), 'zhao', at(81))).toBe('approved')
      return refundNo
    },
    refuse: (refundNo: number) =>
      handToPerson(
        database,
        { paymentId, kind: 'refund', itemNo: refundNo },
        'refund-refused',
        at(95),
      ),
    settle: (staffId: string, number?: string, refundNo = FIRST) =>
      step(`settle by ${staffId}`, () =>
        settleWithBiller(database, key(refundNo), { staffId, number, outcome: 'told' }, at(120)),
      ),
  }
}
