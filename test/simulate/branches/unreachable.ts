/** A branch that no history can reach, by its file and its name, and why. */
type Unreachable = { file: string; names: readonly string[]; why: string }

const SETTLED = 'the schema has a settled payment say when it was paid and when that was recorded'
const KEPT = 'no row of a payment ever goes away, and one that was just read is there'
const WHOLE = 'a file that was read says so with its sums, its rows and its attempt, by the schema'
const OF_AN_ACCOUNT = 'what is bound has its account, by the schema’s foreign keys'
const TOLD_OF = 'only of a payment that we have is WeChat asked, by the safe action'
const OF_ITS_OWN = 'a refund’s item and its order’s share are there, by the schema’s foreign keys'

/** What only a database that nobody’s transaction could have written would lead to. */
const UNREACHABLE: readonly Unreachable[] = [
  {
    file: 'bill-standing.ts',
    names: ['right of payment.paidAt??payment.createdAt', 'right of payment.settledAt??paidAt'],
    why: SETTLED,
  },
  {
    file: 'run-tasks.ts',
    names: ['right of dossier?.payment.settledAt??null', 'if item===void 0||settledAt===null'],
    why: SETTLED,
  },
  {
    file: 'get-payment.ts',
    names: ['right of awaitfindDossier(ports.database,paymentId)??dossier'],
    why: KEPT,
  },
  {
    file: 'held-bills.ts',
    names: ['right of revisions.get(bill.billId)??0'],
    why: 'the revisions were read of these very bills',
  },
  {
    file: 'match-daily-file.ts',
    names: ['right of file.stagedAttempt??0', 'right of file.unmet??[]'],
    why: WHOLE,
  },
  {
    file: 'match-fund-flow.ts',
    names: ['right of file.sums??{}', 'right of trade.rows??0'],
    why: WHOLE,
  },
  {
    file: 'quote-payment.ts',
    names: ['right of priced[place]?.total??payable.total'],
    why: 'each bill has its price, in the same place',
  },
  {
    file: 'list-bills.ts',
    names: ['left alone of account!==void 0&&knownBiller(ports,account.billerId).service===req…'],
    why: OF_AN_ACCOUNT,
  },
  {
    file: 'payable-bills.ts',
    names: [
      'if account===void 0||binding===void 0',
      'left alone of account===void 0||binding===void 0',
    ],
    why: OF_AN_ACCOUNT,
  },
  {
    file: 'start-payment.ts',
    names: ['left alone of planned===void 0||further.length>0'],
    why: 'a phone asks for a bill at least, by the contract',
  },
  {
    file: 'take-pay-notice.ts',
    names: ['left alone of paymentId&&{paymentId}'],
    why: 'what was recorded is a payment of ours, and has its id',
  },
  {
    file: 'settle-differences.ts',
    names: ['call async()=>({state:"person",outcome:""})'],
    why: 'what is a person’s is never open, by the schema’s function that records it',
  },
  {
    file: 'settle-differences.ts',
    names: ['if dossier===void 0'],
    why: TOLD_OF,
  },
  {
    file: 'settle-differences.ts',
    names: ['if item?.state!=="posted"'],
    why: 'only what is posted is told again, and a posted item stays so',
  },
  {
    file: 'settle-differences.ts',
    names: ['if share?.transactionId==null'],
    why: OF_ITS_OWN,
  },
  {
    file: 'settle-differences.ts',
    names: ['right of item?.state??"unknown"'],
    why: 'only a posting of an item that we have is asked about',
  },
  {
    file: 'settle-differences.ts',
    names: ['right of line?.order_number??""', 'right of line?.amount_fen??0'],
    why: 'a difference about a refund that we do not know keeps the line of the file that names it',
  },
]

/** Why a branch cannot be reached; undefined for all others. */
export function whyUnreachable(file: string, name: string): string | undefined {
  return UNREACHABLE.find((one) => one.file === file && one.names.includes(name))?.why
}
