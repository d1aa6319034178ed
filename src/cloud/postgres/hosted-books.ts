import { boundsOf, type Instant } from '../../core/time'
import type {
  BillerAccount,
  BillerBill,
  DayPosting,
  PostingOutcome,
  ReversalRefusal,
} from '../billers/biller'
import type { HostedBooks } from '../billers/hosted/hosted-biller'
import { findAccount } from './accounts'
import { billsOfAccount, type StoredBill } from './bills'
import { type Database, onlyRow, statement, timestamp } from './database'
import { deriveAccountId, type PersonalDataKeys } from './personal-data'

const RECORD = statement(
  'hosted-posting-record',
  'select record_hosted_posting($1, $2, $3, $4, $5::bigint, $6, $7::timestamptz) as answer',
)
const FIND = statement(
  'hosted-posting-find',
  'select posting_number as "postingNumber", posted_at as "postedAt" from hosted_posting where posting_id = $1',
)
const REVERSE = statement(
  'hosted-reversal-record',
  'select record_hosted_reversal($1, $2, $3::bigint, $4::timestamptz) as answer',
)
const OF_DAY = statement(
  'hosted-postings-of-day',
  `select posting_id as "postingId", posting_number as "postingNumber", amount_fen as amount, posted_at as "postedAt"
   from hosted_posting where biller_id = $1 and (posted_at, posting_id) > ($2::timestamptz, $3)
     and posted_at < $4::timestamptz order by posted_at, posting_id limit 10000`,
)
type ReversalAnswer =
  | { refused: ReversalRefusal }
  | { reversal_number: string; reversed_at: string }

/** More bills than any account has: 24 months are kept. */
const ALL = 120

/** The books of a hosted biller, kept in our own tables. */
export function hostedBooks(
  { database, keys, now }: { database: Database; keys: PersonalDataKeys; now: () => Instant },
  billerId: string,
): HostedBooks {
  const idOf = (accountNumber: string) => deriveAccountId(keys, billerId, accountNumber)
  return {
    findAccount: async (accountNumber) => {
      const account = await findAccount(database, keys, idOf(accountNumber))
      return account === undefined ? null : billerAccount(account)
    },
    bills: async (accountNumber) =>
      (await billsOfAccount(database, idOf(accountNumber), ALL)).map(billerBill).reverse(),
    record: async ({ postingId, accountNumber, billId, amount }) => {
      const rows = await database.run<{ answer: { posting_number: string; posted_at: string } }>(
        RECORD,
        [
          postingId,
          billerId,
          idOf(accountNumber),
          billId,
          amount,
          `H${postingId}`,
          timestamp(now()),
        ],
      )
      const { posting_number: postingNumber, posted_at: postedAt } = onlyRow(rows).answer
      return { state: 'posted', postingNumber, postedAt: Date.parse(postedAt) }
    },
    recorded: async (postingId): Promise<PostingOutcome | { state: 'absent' }> => {
      const [row] = await database.run<{ postingNumber: string; postedAt: Instant }>(FIND, [
        postingId,
      ])
      return row === undefined ? { state: 'absent' } : { state: 'posted', ...row }
    },
    reverse: async ({ reversalId, postingId, amount }) => {
      const rows = await database.run<{ answer: ReversalAnswer }>(REVERSE, [
        reversalId,
        postingId,
        amount,
        timestamp(now()),
      ])
      const { answer } = onlyRow(rows)
      return 'refused' in answer
        ? { state: 'refused', code: answer.refused }
        : {
            state: 'reversed',
            reversalNumber: answer.reversal_number,
            reversedAt: Date.parse(answer.reversed_at),
          }
    },
    ofDay: (day, after) => {
      const { from, to } = boundsOf(day)
      const behind = [timestamp(after?.postedAt ?? from), after?.postingId ?? '']
      return database.run<DayPosting>(OF_DAY, [billerId, ...behind, timestamp(to)])
    },
  }
}

function billerAccount(account: Awaited<ReturnType<typeof findAccount>> & object): BillerAccount {
  return {
    accountNumber: account.accountNumber,
    holderName: account.holder,
    address: account.address,
    phone: account.phone ?? undefined,
    meterNumber: account.meterNumber,
    people: account.people,
    state: account.state,
    prepaidBalance: account.balanceFen ?? undefined,
    lastPaidAmount: account.lastPaidFen ?? undefined,
  }
}

function billerBill(bill: StoredBill): BillerBill {
  return { ...bill, noticeOn: bill.noticeOn ?? undefined, principal: bill.principalFen }
}
