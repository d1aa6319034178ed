import { createHash } from 'node:crypto'
import { labelOf, type Mutant } from './mutants'

/** The functions by which money moves, and what it is stored in. */
const FUNCTIONS =
  /^(start_payment|mark_awaiting|claim_ask|close_payment|record_paid|credit_bill|note_credit|begin_posting|finish_posting|finish_reversal|undo_item|end_undo|request_refund|ask_refund|approve_refund|decline_refund|end_declined|mark_refund_sent|finish_refund|take_in_refund|is_refused|is_only_wished|make_way|given_fen|unused_reversal|end_posting_task|begin_refund|use_reversals|has_lent_reversal|hand_over_rest|end_refund_task|has_rest|hand_over_as|hand_to_person|retry_task|settle_with_biller|rooms_of|parts_of_refund|free_bill|is_given_back|next_refund_no|record_hosted_posting|record_hosted_reversal|claim_task|finish_task|finish_claimed_task|postpone_task|fail_task|items_say|check_ledger|note_difference|close_difference|trade_differences|refund_differences|posting_differences|record_wallet_movement)\/\d+$/
const STORED =
  /^(bill|payment|payment_order|payment_item|movement|refund|hosted_posting|hosted_reversal|outbox_task|fen|positive_fen|ledger_account|payment_state|item_state|refund_state)\.|^(payment_item_once|refund_by_number|ledger_entry)$/

/**
 * A fair part of all mutants, the same on every run: of each kind of mistake equally many, each
 * where money moves or is stored, drawn by the hash of its name and not by hand.
 */
export function drawnOf(mutants: readonly Mutant[], many: number): Mutant[] {
  const kinds = new Map<string, Mutant[]>()
  for (const mutant of mutants) {
    if (!FUNCTIONS.test(mutant.part) && !STORED.test(mutant.part)) continue
    kinds.set(mutant.what, [...(kinds.get(mutant.what) ?? []), mutant])
  }
  const drawn = [...kinds.values()].map((own) => own.sort((a, b) => (lotOf(a) < lotOf(b) ? -1 : 1)))
  const longest = Math.max(...drawn.map((own) => own.length))
  return Array.from({ length: longest }, (_, place) => drawn.flatMap((own) => own[place] ?? []))
    .flat()
    .slice(0, many)
}

function lotOf(mutant: Mutant): string {
  return createHash('sha256').update(labelOf(mutant)).digest('hex')
}
