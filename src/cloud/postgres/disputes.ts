import type { DisputeOutcome, DisputeReason, DisputeState, EvidenceKind } from '../../core/dispute'
import type { Instant } from '../../core/time'
import { type Database, onlyRow, statement, timestamp } from './database'

export type DisputeKey = { paymentId: string; disputeNo: number }
export type Dispute = DisputeKey & {
  itemNo: number
  reason: DisputeReason
  state: DisputeState
  openedBy: string
  openedAt: Instant
  /** By when whoever's turn it is has to answer; null once it has ended. */
  dueAt: Instant | null
  outcome: DisputeOutcome | null
  endedBy: string | null
  endedAt: Instant | null
}
export type Evidence = DisputeKey & {
  evidenceNo: number
  kind: EvidenceKind
  contents: string
  givenBy: string
  givenAt: Instant
}

const COLUMNS = `payment_id as "paymentId", dispute_no as "disputeNo", item_no as "itemNo", reason, state,
  opened_by as "openedBy", opened_at as "openedAt", due_at as "dueAt", outcome, ended_by as "endedBy",
  ended_at as "endedAt"`
const OPEN = statement(
  'dispute-open',
  'select open_dispute($1, $2::int, $3, $4, $5::timestamptz, $6::timestamptz) as answer',
)
const ADD = statement(
  'dispute-add-evidence',
  'select add_evidence($1, $2::int, $3, $4, $5, $6::timestamptz) as answer',
)
const HAND = statement(
  'dispute-hand',
  'select hand_dispute($1, $2::int, $3, $4, $5::timestamptz, $6::timestamptz) as answer',
)
const END = statement(
  'dispute-end',
  'select end_dispute($1, $2::int, $3, $4, $5::timestamptz) as answer',
)
const LIST = statement(
  'disputes-list',
  `select ${COLUMNS} from dispute where state <> 'ended' order by due_at, payment_id limit $1`,
)
const FIND = statement(
  'dispute-find',
  `select ${COLUMNS} from dispute where payment_id = $1 and dispute_no = $2::int`,
)
const EVIDENCE = statement(
  'dispute-evidence',
  `select payment_id as "paymentId", dispute_no as "disputeNo", evidence_no as "evidenceNo", kind, contents,
     given_by as "givenBy", given_at as "givenAt"
   from dispute_evidence where payment_id = $1 and dispute_no = $2::int order by evidence_no`,
)

export type OpenAnswer = 'opened' | 'before' | 'unknown-item' | 'not-paid'

/** Opens a dispute about a paid item; one reason is open once. */
export async function openDispute(
  database: Database,
  dispute: { paymentId: string; itemNo: number; reason: DisputeReason; actor: string },
  { dueAt, now }: { dueAt: Instant; now: Instant },
): Promise<{ answer: OpenAnswer; disputeNo?: number | undefined }> {
  const { paymentId, itemNo, reason, actor } = dispute
  const rows = await database.run<{ answer: { answer: OpenAnswer; dispute_no?: number } }>(OPEN, [
    paymentId,
    itemNo,
    reason,
    actor,
    timestamp(dueAt),
    timestamp(now),
  ])
  const { answer, dispute_no: disputeNo } = onlyRow(rows).answer
  return { answer, disputeNo }
}

/** Adds evidence; what was given is never changed or taken away. */
export async function addEvidence(
  database: Database,
  { paymentId, disputeNo }: DisputeKey,
  evidence: { kind: EvidenceKind; contents: string; actor: string },
  now: Instant,
): Promise<'added' | 'unknown-dispute' | 'ended'> {
  const rows = await database.run<{ answer: 'added' | 'unknown-dispute' | 'ended' }>(ADD, [
    paymentId,
    disputeNo,
    evidence.kind,
    evidence.contents,
    evidence.actor,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

export type HandAnswer = 'handed' | 'before' | 'unknown-dispute' | 'not-staff' | 'ended'

/** Says whose turn it is, and until when. */
export async function handDispute(
  database: Database,
  { paymentId, disputeNo }: DisputeKey,
  hand: { state: Exclude<DisputeState, 'ended'>; actor: string; dueAt: Instant },
  now: Instant,
): Promise<HandAnswer> {
  const rows = await database.run<{ answer: HandAnswer }>(HAND, [
    paymentId,
    disputeNo,
    hand.state,
    hand.actor,
    timestamp(hand.dueAt),
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

export type EndAnswer = 'ended' | 'before' | 'unknown-dispute' | 'not-staff' | 'own-payment'

/** Ends a dispute; nobody ends one about what they paid. */
export async function endDispute(
  database: Database,
  { paymentId, disputeNo }: DisputeKey,
  end: { outcome: DisputeOutcome; actor: string },
  now: Instant,
): Promise<EndAnswer> {
  const rows = await database.run<{ answer: EndAnswer }>(END, [
    paymentId,
    disputeNo,
    end.outcome,
    end.actor,
    timestamp(now),
  ])
  return onlyRow(rows).answer
}

/** What has not ended, whose answer is due first. */
export function openDisputes(database: Database, most: number): Promise<Dispute[]> {
  return database.run<Dispute>(LIST, [most])
}

export async function findDispute(
  database: Database,
  { paymentId, disputeNo }: DisputeKey,
): Promise<(Dispute & { evidence: Evidence[] }) | undefined> {
  const [dispute] = await database.run<Dispute>(FIND, [paymentId, disputeNo])
  if (dispute === undefined) return undefined
  return { ...dispute, evidence: await database.run<Evidence>(EVIDENCE, [paymentId, disputeNo]) }
}
