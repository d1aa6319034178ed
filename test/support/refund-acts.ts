import type { Database } from '../../src/cloud/postgres/database'
import {
  approveRefund,
  askRefund,
  declineRefund,
  finishReversal,
  settleWithBiller,
} from '../../src/cloud/postgres/refund-requests'
import { beginRefund, takeInRefund } from '../../src/cloud/postgres/refunds'
import { fen } from '../../src/core/money'
import type { Life } from './money-steps'
import { TODAY } from './town'

/** What is done on a database in the life of a payment, with its answer. */
export type Act = (on: Database, life: Life) => Promise<unknown>

/** The first number of what people ask for. */
const ASKED = 101
const [CLERK, SUPERVISOR] = ['li', 'zhao']

export const takeIn =
  (number: string, amount = 100): Act =>
  async (on, { paymentId, payment }) =>
    (
      await takeInRefund(
        on,
        {
          paymentId,
          refundNumber: number,
          wechatRefundId: `w-${number}`,
          orderNumber: payment.orders[0]?.orderNumber ?? '',
          amountFen: fen(amount),
          createdAt: TODAY,
        },
        TODAY,
      )
    ).answer
export const ask =
  (amount: number): Act =>
  async (on, { paymentId }) =>
    (
      await askRefund(
        on,
        { paymentId, itemNo: 1, amountFen: fen(amount), reason: 'moved out', actor: CLERK },
        TODAY,
      )
    ).answer
const approveOf =
  (refundNo: number): Act =>
  (on, { paymentId }) =>
    approveRefund(on, { paymentId, refundNo }, SUPERVISOR, TODAY)
export const approve = approveOf(ASKED)
export const decline: Act = (on, { paymentId }) =>
  declineRefund(on, { paymentId, refundNo: ASKED }, { staffId: SUPERVISOR, reason: 'no' }, TODAY)
const reversedOf =
  (refundNo: number): Act =>
  async (on, { paymentId }) => {
    const reversalNumber = `R${refundNo - ASKED + 1}`
    const outcome = { state: 'reversed', reversalNumber, reversedAt: TODAY } as const
    await finishReversal(on, { paymentId, refundNo }, outcome, TODAY)
    return 'told'
  }
export const reversed = reversedOf(ASKED)
const beginOf =
  (refundNo: number): Act =>
  (on, { paymentId }) =>
    beginRefund(on, { paymentId, refundNo }, TODAY)
export const begin = beginOf(ASKED)
export const beginAnother = beginOf(ASKED + 1)
/** What comes before another refund of the same item begins, too. */
export const agreeOnAnother: readonly Act[] = [ask(40), approveOf(ASKED + 1), reversedOf(ASKED + 1)]
/** The biller’s own reversal of what was given back by hand. */
export const settled: Act = (on, { paymentId }) =>
  settleWithBiller(
    on,
    { paymentId, refundNo: ASKED },
    { staffId: CLERK, number: 'B-1', outcome: 'told' },
    TODAY,
  )
