import { type Database, onlyRow, statement } from '../../src/cloud/postgres/database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { approveRefund, askRefund } from '../../src/cloud/postgres/refund-requests'
import {
  finishRefund,
  markRefundSent,
  refundsOf,
  requestRefund,
} from '../../src/cloud/postgres/refunds'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { creditBills } from '../../src/cloud/use-cases/credit-bills'
import type { Ports } from '../../src/cloud/use-cases/ports'
import { takePayNotice } from '../../src/cloud/use-cases/take-pay-notice'
import { fen } from '../../src/core/money'
import { seat } from '../support/desks'
import { portsOver } from '../support/ports-over'
import { aStoredPayment, orderFactOf } from '../support/stored-payment'
import { TODAY } from '../support/town'

const WORKERS = 64
const COPIES = 10
/** A connection per worker, so that what meets, meets in the database. */
const CONNECTIONS = 64
/** What each payment pays, for one item. */
const AMOUNT = fen(100)

const BOOKS = statement(
  'race-books',
  `select (select count(*) from audit where act = 'credit-bill')::int as credits,
     (select count(*) from movement where kind = 'settle')::int as settlements,
     (select count(distinct receipt_code) from payment_item)::int as receipts,
     (select count(*) from refund where state = 'done')::int as refunds,
     (select count(*) from refund where state <> 'done')::int as "openRefunds"`,
)
const BALANCE = statement(
  'race-balance',
  'select ledger_account as account, sum(amount_fen)::bigint as fen from ledger_entry group by 1 having sum(amount_fen) <> 0 order by 1',
)

export type Books = {
  credits: number
  settlements: number
  /** Different ones. */
  receipts: number
  refunds: number
  openRefunds: number
}
type Balance = { account: string; fen: number }

export type Raced = Books & {
  /** What the ledger's accounts hold when all is paid, and when all is given back; those that hold something. */
  paid: Balance[]
  givenBack: Balance[]
  answers: Record<string, number>
  seconds: number
}

/**
 * Takes ten copies of each payment's notice at once, each of which credits its bill too; then a rule and a
 * clerk both want the whole of it back, and whoever comes first is seen to by two at once.
 */
export async function race(url: string, payments: number): Promise<Raced> {
  const database = openServerDatabase({ url, connections: CONNECTIONS })
  await migrate(database)
  await seat(database)
  const ports = portsOver(database, { now: () => TODAY })
  const ids: string[] = []
  for (let index = 0; index < payments; index += 1) ids.push(await aStoredPayment(database))
  const answers: Record<string, number> = {}
  const startedAt = Date.now()
  await together(copiesOf(ids, COPIES), async (paymentId) =>
    count(answers, await take(ports, paymentId)),
  )
  const paid = await database.run<Balance>(BALANCE)
  await together(copiesOf(ids, 2), async (paymentId, place) => {
    const answer =
      place % 2 === 0 ? await byRule(database, paymentId) : await byClerk(database, paymentId)
    count(answers, `${place % 2 === 0 ? 'rule' : 'clerk'}: ${answer}`)
  })
  await together(copiesOf(ids, 2), (paymentId) => giveBack(database, paymentId))
  const seconds = (Date.now() - startedAt) / 1_000
  const books = onlyRow(await database.run<Books>(BOOKS))
  const givenBack = await database.run<Balance>(BALANCE)
  await database.close()
  return { ...books, paid, givenBack, answers, seconds }
}

/** What is wrong with it, if anything. */
export function wrongIn(raced: Raced, payments: number): string[] {
  const total = payments * AMOUNT
  const expected: Record<keyof Books, number> = {
    credits: payments,
    settlements: payments,
    receipts: payments,
    refunds: payments,
    openRefunds: 0,
  }
  const names = Object.keys(expected) as (keyof Books)[]
  const held = (balances: readonly Balance[]) =>
    balances.map(({ account, fen: amount }) => `${account} ${amount}`).join(', ')
  return [
    ...names
      .filter((name) => raced[name] !== expected[name])
      .map((name) => `${raced[name]} ${name}, not ${expected[name]}`),
    ...(held(raced.paid) === `unposted ${-total}, wallet ${total}`
      ? []
      : [`all paid, the accounts hold ${held(raced.paid)}`]),
    ...(raced.givenBack.length === 0
      ? []
      : [`all given back, the accounts hold ${held(raced.givenBack)}`]),
  ]
}

/** Takes the notice, and credits the bill as its posting task does, too. */
async function take(ports: Ports, paymentId: string): Promise<string> {
  const { answer } = await takePayNotice(ports, {
    kind: 'paid',
    id: `notice-${paymentId}`,
    merchantId: 'provider',
    fact: orderFactOf(paymentId),
  })
  await creditBills(ports, paymentId)
  return answer
}

const byRule = (database: Database, paymentId: string) =>
  requestRefund(
    database,
    {
      ...{ paymentId, refundNo: 1, itemNo: 1, amountFen: AMOUNT },
      ...{ reason: 'duplicate', rule: 'duplicate', actor: 'jobs' },
    },
    TODAY,
  )
const byClerk = async (database: Database, paymentId: string) => {
  const asked = { paymentId, itemNo: 1, amountFen: AMOUNT, reason: 'moved out', actor: 'li' }
  return (await askRefund(database, asked, TODAY)).answer
}

/** Approves what is to be given back, and records that WeChat sent it and how it ended. */
async function giveBack(database: Database, paymentId: string): Promise<void> {
  for (const { refundNo, refundNumber, amountFen } of await refundsOf(database, paymentId)) {
    const key = { paymentId, refundNo }
    await approveRefund(database, key, 'zhao', TODAY)
    await markRefundSent(database, key, `w-${refundNumber}`, TODAY)
    const end = { refundNumber, wechatRefundId: `w-${refundNumber}`, amountFen, at: TODAY }
    await finishRefund(database, key, { ...end, state: 'done', payerFen: amountFen }, TODAY)
  }
}

/** Copies of one payment lie close together, so that they meet. */
function copiesOf(ids: readonly string[], copies: number): string[] {
  return ids.flatMap((id) => Array.from({ length: copies }, () => id))
}

async function together(
  ids: readonly string[],
  work: (id: string, place: number) => Promise<void>,
) {
  let at = 0
  const worker = async () => {
    for (let place = at++; place < ids.length; place = at++) await work(ids[place] ?? '', place)
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}

function count(answers: Record<string, number>, answer: string): void {
  answers[answer] = (answers[answer] ?? 0) + 1
}
