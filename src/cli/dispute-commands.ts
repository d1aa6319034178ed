import {
  addEvidence,
  type Dispute,
  type Evidence,
  endDispute,
  findDispute,
  handDispute,
  openDispute,
  openDisputes,
} from '../cloud/postgres/disputes'
import {
  answerDueBy,
  DISPUTE_OUTCOMES,
  DISPUTE_REASONS,
  type DisputeState,
  EVIDENCE_KINDS,
} from '../core/dispute'
import { toRfc3339 } from '../core/time'
import type { Command } from './command'

const MOST = 500
const TURNS = ['open', 'with-biller', 'with-resident'] as const

/** What people say went wrong with what they paid. */
export const DISPUTE_COMMANDS: Record<string, Command> = {
  'disputes list': {
    usage: '',
    does: 'lists what has not ended, whose answer is due first',
    run: async ({ database }) => {
      const disputes = await openDisputes(database, MOST)
      return disputes.length === 0 ? 'nothing is disputed' : disputes.map(disputeLine).join('\n')
    },
  },
  'disputes show': {
    usage: '<payment id> <dispute no>',
    does: 'shows a dispute with its evidence',
    run: async ({ database }, [paymentId = '', no = '']) => {
      const dispute = await findDispute(database, { paymentId, disputeNo: numberOf(no) })
      if (dispute === undefined) throw new Error('there is no such dispute')
      return [disputeLine(dispute), ...dispute.evidence.map(evidenceLine)].join('\n')
    },
  },
  'disputes open': {
    usage: `<who> <payment id> <item no> <${DISPUTE_REASONS.join('|')}>`,
    does: 'opens a dispute about a paid item',
    run: async ({ database, ports }, [actor = '', paymentId = '', itemNo = '', word]) => {
      const reason = oneOf(DISPUTE_REASONS, word, 'a reason')
      const now = ports.now()
      const { answer, disputeNo } = await openDispute(
        database,
        { paymentId, itemNo: numberOf(itemNo), reason, actor },
        { dueAt: answerDueBy(reason, 'open', now), now },
      )
      if (disputeNo === undefined)
        throw new Error(answer === 'not-paid' ? 'it is not paid' : 'there is no such item')
      return `dispute ${disputeNo} is ${answer === 'opened' ? 'open' : 'open since before'}`
    },
  },
  'disputes note': {
    usage: `<who> <payment id> <dispute no> <${EVIDENCE_KINDS.join('|')}> <what>`,
    does: 'adds evidence; what was given is never changed',
    run: async ({ database, ports }, [actor = '', paymentId = '', no = '', word, ...words]) => {
      const kind = oneOf(EVIDENCE_KINDS, word, 'evidence')
      const contents = words.join(' ')
      if (contents === '') throw new Error('say what')
      const key = { paymentId, disputeNo: numberOf(no) }
      const answer = await addEvidence(database, key, { kind, contents, actor }, ports.now())
      if (answer !== 'added') throw new Error(REFUSALS[answer])
      return 'it is added'
    },
  },
  'disputes hand': {
    usage: `<staff id> <payment id> <dispute no> <${TURNS.join('|')}>`,
    does: 'says whose turn it is; the deadline follows',
    run: async ({ database, ports }, [actor = '', paymentId = '', no = '', word]) => {
      const state: Exclude<DisputeState, 'ended'> = oneOf(TURNS, word, 'a turn')
      const key = { paymentId, disputeNo: numberOf(no) }
      const dispute = await findDispute(database, key)
      if (dispute === undefined) throw new Error(REFUSALS['unknown-dispute'])
      const now = ports.now()
      const dueAt = answerDueBy(dispute.reason, state, now)
      const answer = await handDispute(database, key, { state, actor, dueAt }, now)
      if (answer !== 'handed' && answer !== 'before') throw new Error(REFUSALS[answer])
      return `it is ${state}, until ${toRfc3339(dueAt)}`
    },
  },
  'disputes end': {
    usage: `<staff id> <payment id> <dispute no> <${DISPUTE_OUTCOMES.join('|')}>`,
    does: 'ends a dispute; nobody ends one about what they paid',
    run: async ({ database, ports }, [actor = '', paymentId = '', no = '', word]) => {
      const outcome = oneOf(DISPUTE_OUTCOMES, word, 'an outcome')
      const key = { paymentId, disputeNo: numberOf(no) }
      const answer = await endDispute(database, key, { outcome, actor }, ports.now())
      if (answer === 'before') throw new Error(REFUSALS.ended)
      if (answer !== 'ended') throw new Error(REFUSALS[answer])
      return `it ended: ${outcome}`
    },
  },
}

const REFUSALS = {
  'unknown-dispute': 'there is no such dispute',
  'not-staff': 'only the staff of the item’s biller may',
  'own-payment': 'nobody ends a dispute about what they paid',
  ended: 'it has ended',
}

function oneOf<Word extends string>(
  words: readonly Word[],
  word: string | undefined,
  what: string,
): Word {
  const found = words.find((one) => one === word)
  if (found === undefined) throw new Error(`${what} is one of ${words.join(', ')}`)
  return found
}

function numberOf(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new Error('it is named by its number')
  return Number(text)
}

function disputeLine({ paymentId, disputeNo, itemNo, reason, state, ...one }: Dispute): string {
  const end =
    one.dueAt === null
      ? `${one.outcome} by ${one.endedBy}`
      : `answer due by ${toRfc3339(one.dueAt)}`
  return `${paymentId}  ${disputeNo}  item ${itemNo}  ${reason}  ${state}  opened by ${one.openedBy} ${toRfc3339(one.openedAt)}  ${end}`
}

function evidenceLine({ evidenceNo, kind, contents, givenBy, givenAt }: Evidence): string {
  return `  ${evidenceNo}  ${kind}  ${givenBy} ${toRfc3339(givenAt)}  ${contents}`
}
