import { findDossier } from '../cloud/postgres/payment-dossiers'
import {
  type ApproveAnswer,
  type AskAnswer,
  approveRefund,
  askRefund,
  type DeclineAnswer,
  declineRefund,
  requestedRefunds,
  type SettleAnswer,
  settleWithBiller,
} from '../cloud/postgres/refund-requests'
import { refundsOf, type StoredRefund } from '../cloud/postgres/refunds'
import { formatYuan, parseYuan } from '../core/money'
import { toRfc3339 } from '../core/time'
import type { Command } from './command'

const MOST = 500

/** Money that people give back: one asks, another approves. */
export const REFUND_COMMANDS: Record<string, Command> = {
  'refunds list': {
    usage: '[<payment id>]',
    does: 'lists what waits for a second person, or all refunds of one payment',
    run: async ({ database }, [paymentId]) => {
      const refunds =
        paymentId === undefined
          ? await requestedRefunds(database, MOST)
          : await refundsOf(database, paymentId)
      return refunds.length === 0 ? 'there is none' : refunds.map(refundLine).join('\n')
    },
  },
  'refunds ask': {
    usage: '<staff id> <payment id> <item no> <yuan> <why>',
    does: 'asks for money of an item to be given back; what is credited waits for the biller’s reversal',
    run: async (
      { database, ports },
      [actor = '', paymentId = '', itemNo = '', yuan = '', ...why],
    ) => {
      const amount = parseYuan(yuan)
      const reason = why.join(' ')
      if (amount === null || amount <= 0) throw new Error('an amount is written 12.30')
      if (!/^\d{1,4}$/.test(itemNo)) throw new Error('an item is named by its number')
      if (reason === '') throw new Error('say why: the resident’s bank shows it')
      if ((await findDossier(database, paymentId)) === undefined)
        throw new Error('there is no such payment')
      const asked = { paymentId, itemNo: Number(itemNo), amountFen: amount, reason, actor }
      const { answer, refundNo } = await askRefund(database, asked, ports.now())
      if (refundNo === undefined) throw new Error(ASK_REFUSALS[answer] ?? answer)
      return `refund ${refundNo} of ${formatYuan(amount)} waits for another person’s approval`
    },
  },
  'refunds approve': {
    usage: '<staff id> <payment id> <refund no>',
    does: 'approves what another person asked for; it is sent in the next round',
    run: async ({ database, ports }, [staffId = '', paymentId = '', refundNo = '']) => {
      const key = { paymentId, refundNo: numberOf(refundNo) }
      const answer = await approveRefund(database, key, staffId, ports.now())
      if (answer !== 'approved' && answer !== 'before') throw new Error(APPROVE_REFUSALS[answer])
      return `refund ${refundNo} is approved`
    },
  },
  'refunds decline': {
    usage: '<staff id> <payment id> <refund no> <why>',
    does: 'ends a request before any money moved, or withdraws what WeChat refused',
    run: async ({ database, ports }, [staffId = '', paymentId = '', refundNo = '', ...why]) => {
      const reason = why.join(' ')
      if (reason === '') throw new Error('say why')
      const key = { paymentId, refundNo: numberOf(refundNo) }
      const answer = await declineRefund(database, key, { staffId, reason }, ports.now())
      if (answer !== 'declined' && answer !== 'before') throw new Error(DECLINE_REFUSALS[answer])
      return `refund ${refundNo} is declined`
    },
  },
  'refunds settle': {
    usage:
      '<staff id> <payment id> <refund no> <reversed|kept> <the reversal’s number, or why it is kept>',
    does: 'ends what a refund by hand left to be settled: the biller took its credit back by its own means, or keeps it',
    run: async (
      { database, ports },
      [staffId = '', paymentId = '', refundNo = '', how = '', ...words],
    ) => {
      const outcome = words.join(' ')
      if (how !== 'reversed' && how !== 'kept') throw new Error('a credit is reversed or kept')
      if (outcome === '')
        throw new Error(how === 'kept' ? 'say why' : 'say under which number it was reversed')
      const key = { paymentId, refundNo: numberOf(refundNo) }
      const number = how === 'reversed' ? outcome : undefined
      const settled = { staffId, number, outcome: `${how}: ${outcome}` }
      const answer = await settleWithBiller(database, key, settled, ports.now())
      if (answer !== 'settled' && answer !== 'before') throw new Error(SETTLE_REFUSALS[answer])
      return `refund ${refundNo} is settled with the biller: ${how}`
    },
  },
}

const NOT_STAFF = 'only the staff of the item’s biller may'
const ASK_REFUSALS: Partial<Record<AskAnswer, string>> = {
  'not-staff': NOT_STAFF,
  'unknown-payment': 'there is no such item',
  'not-paid': 'it is not paid',
  'posting-unknown':
    'the biller has not said yet whether it credited it; until then nothing goes back',
  'too-late': 'WeChat gives nothing back after a year',
  'too-many': 'WeChat gives back of one order fifty times at most',
  'too-much': 'that is more than is left of it',
  'whole-only': 'its biller has not credited it: it goes back whole or not at all',
}
const APPROVE_REFUSALS: Record<Exclude<ApproveAnswer, 'approved' | 'before'>, string> = {
  'not-staff': 'only a supervisor of the item’s biller approves',
  'unknown-refund': 'there is no such refund',
  'not-open': 'it does not wait for approval any more',
  'own-request': 'nobody approves what they asked for',
  'own-payment': 'nobody approves a refund of their own payment',
  'posting-unknown': 'the biller has not said yet whether it credited it',
  'too-late': 'WeChat gives nothing back after a year',
}
const SETTLE_REFUSALS: Record<Exclude<SettleAnswer, 'settled' | 'before'>, string> = {
  'not-staff': NOT_STAFF,
  'not-listed': 'no credit of such a refund waits for a person',
}
const DECLINE_REFUSALS: Record<Exclude<DeclineAnswer, 'declined' | 'before'>, string> = {
  'not-staff': NOT_STAFF,
  'unknown-refund': 'there is no such refund',
  'not-open': 'it does not wait for approval any more, and WeChat did not refuse it',
}

function numberOf(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new Error('a refund is named by its number')
  return Number(text)
}

function refundLine({
  paymentId,
  refundNo,
  itemNo,
  amountFen,
  state,
  ...one
}: StoredRefund): string {
  const why = one.declinedFor === null ? one.reason : `${one.reason}; declined: ${one.declinedFor}`
  const by = `asked by ${one.requestedBy} ${toRfc3339(one.requestedAt)}`
  const isCredited = one.takesFrom === 'posted' || (one.needsReversal && one.reversedAt === null)
  const reversal = isCredited ? '  before the biller’s reversal' : ''
  return `${paymentId}  ${refundNo}  item ${itemNo}  ${formatYuan(amountFen)}  ${state}${reversal}  ${by}  ${why}`
}
