import type { Database } from '../../src/cloud/postgres/database'
import {
  beginPosting,
  claimTask,
  creditBill,
  finishPosting,
  finishTask,
  handToPerson,
  noteCredit,
  postponeTask,
  signReceipt,
  type TaskKey,
} from '../../src/cloud/postgres/outbox'
import {
  claimAsk,
  closePayment,
  markAwaiting,
  recordPaid,
  startPaymentRow,
} from '../../src/cloud/postgres/payment-writes'
import { findPayment, settledItems } from '../../src/cloud/postgres/payments'
import { failTask } from '../../src/cloud/postgres/person-list'
import { finishRefund, markRefundSent, requestRefund } from '../../src/cloud/postgres/refunds'
import { endUndo, undoItemRow } from '../../src/cloud/postgres/undo'
import { fen } from '../../src/core/money'
import { aPaymentToStart, paidFactOf } from './stored-payment'
import { TODAY } from './town'

const LATER = TODAY + 60_000
export const postTaskOf = (paymentId: string): TaskKey => ({ paymentId, kind: 'post', itemNo: 1 })
const asItem = (paymentId: string) => ({ paymentId, itemNo: 1 })
const refundOf = (paymentId: string) => ({ paymentId, refundNo: 1 })

/** The life of a payment, each step as the use cases make it. */
export const STEPS = {
  start: async (on: Database, { payment }: Life) => startPaymentRow(on, payment, TODAY),
  /** A first payment, which can be taken back for ten minutes. */
  startUndoable: async (on: Database, { payment }: Life) => {
    const items = payment.items.map((item) => ({ ...item, undoMinutes: 10 }))
    return startPaymentRow(on, { ...payment, items }, TODAY)
  },
  await: (on: Database, { paymentId }: Life) => markAwaiting(on, paymentId, 'prepay-1'),
  ask: async (on: Database, { paymentId }: Life) => {
    const payment = await findPayment(on, paymentId)
    if (payment === undefined) throw new Error('no payment')
    return claimAsk(on, payment, LATER)
  },
  close: (on: Database, { paymentId }: Life) => closePayment(on, paymentId, LATER),
  settle: (on: Database, { paymentId }: Life) =>
    recordPaid(on, { paymentId, fact: paidFactOf(paymentId), noticeId: 'notice-1' }, TODAY),
  credit: async (on: Database, { paymentId }: Life) => {
    const [item] = await settledItems(on, paymentId)
    if (item === undefined) throw new Error('no item')
    return creditBill(on, item, TODAY)
  },
  note: (on: Database, { paymentId }: Life) =>
    noteCredit(on, asItem(paymentId), 'credited', { code: `code-${paymentId}`, keyId: 'r1' }),
  sign: (on: Database, { paymentId }: Life) =>
    signReceipt(on, asItem(paymentId), { code: `code-${paymentId}`, keyId: 'r1' }),
  endUndo: (on: Database, { paymentId }: Life) => endUndo(on, asItem(paymentId), TODAY),
  undo: async (on: Database, { paymentId }: Life) => {
    const answer = await undoItemRow(on, asItem(paymentId), TODAY)
    return 'refused' in answer ? answer.refused : 'undone'
  },
  claim: async (on: Database, { paymentId }: Life) =>
    (await claimTask(on, postTaskOf(paymentId), TODAY, 60_000))?.attempts,
  postpone: (on: Database, { paymentId }: Life) =>
    postponeTask(on, { ...postTaskOf(paymentId), attempts: 1 }, LATER),
  fail: (on: Database, { paymentId }: Life) => failOnce(on, paymentId, 2),
  failLast: (on: Database, { paymentId }: Life) => failOnce(on, paymentId, 1),
  hand: (on: Database, { paymentId }: Life) =>
    handToPerson(on, postTaskOf(paymentId), 'bill-not-due', LATER),
  finish: (on: Database, { paymentId }: Life) => finishTask(on, postTaskOf(paymentId), LATER),
  begin: (on: Database, { paymentId }: Life) => beginPosting(on, asItem(paymentId), TODAY),
  posted: (on: Database, { paymentId }: Life) =>
    finishPosting(on, asItem(paymentId), { postingNumber: 'P1', postedAt: TODAY }, TODAY),
  rejected: (on: Database, { paymentId }: Life) =>
    finishPosting(on, asItem(paymentId), { rejection: 'nothing-owed' }, TODAY),
  giveBack: (on: Database, { paymentId }: Life) =>
    requestRefund(
      on,
      {
        ...refundOf(paymentId),
        itemNo: 1,
        amountFen: fen(100),
        reason: 'duplicate',
        rule: 'duplicate',
        actor: 'jobs',
      },
      TODAY,
    ),
  sent: (on: Database, { paymentId }: Life) => markRefundSent(on, refundOf(paymentId), 'w1', TODAY),
  refunded: (on: Database, { paymentId }: Life) =>
    finishRefund(on, refundOf(paymentId), end(paymentId, 'done'), TODAY),
  refundClosed: (on: Database, { paymentId }: Life) =>
    finishRefund(on, refundOf(paymentId), end(paymentId, 'closed'), TODAY),
} as const
export type Step = keyof typeof STEPS
export type Life = { paymentId: string; payment: Awaited<ReturnType<typeof aPaymentToStart>> }

/** Has one of several settled items credited and posted. */
export async function postItem(on: Database, paymentId: string, itemNo: number): Promise<void> {
  const item = (await settledItems(on, paymentId)).find((one) => one.itemNo === itemNo)
  if (item === undefined) throw new Error(`no item ${itemNo}`)
  await creditBill(on, item, TODAY)
  await beginPosting(on, item, TODAY)
  await finishPosting(on, item, { postingNumber: `P${itemNo}`, postedAt: TODAY }, TODAY)
}

function failOnce(on: Database, paymentId: string, failuresMax: number) {
  const task = { ...postTaskOf(paymentId), attempts: 1 }
  return failTask(on, task, { nextAt: LATER, failuresMax, reason: 'fault E1', now: TODAY })
}

function end(paymentId: string, state: 'done' | 'closed') {
  return {
    state,
    refundNumber: `${paymentId}R001`,
    wechatRefundId: 'w1',
    amountFen: fen(100),
    payerFen: fen(100),
    at: TODAY,
  }
}

/** A payment that has lived through these steps. */
export async function aLife(database: Database, steps: readonly Step[]): Promise<Life> {
  const payment = await aPaymentToStart(database)
  const life = { paymentId: payment.paymentId, payment }
  for (const step of steps) await STEPS[step](database, life)
  return life
}

export const PAID: readonly Step[] = ['start', 'settle']
export const UNDOABLE: readonly Step[] = ['startUndoable', 'settle']
export const POSTING: readonly Step[] = [...PAID, 'credit', 'note', 'claim', 'begin']
export const REFUNDING: readonly Step[] = [...PAID, 'giveBack']
