import type { HttpEvent } from '../../src/cloud/answer-http'
import type { Database } from '../../src/cloud/postgres/database'
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
import { fen } from '../../src/core/money'
import { seat } from '../support/desks'
import { portsOver } from '../support/ports-over'
import { aStoredPayment } from '../support/stored-payment'
import { TODAY } from '../support/town'
import { readBooks, type Seen } from './books'
import { answerNotice, noticeOf } from './notices'

const WORKERS = 64
const COPIES = 10
/** A connection per worker, so that what meets, meets in the database. */
const CONNECTIONS = 64
/** What each payment pays, for one item. */
const AMOUNT = fen(100)

/** What was answered of each payment. */
type Answers = Map<string, string[]>

export type Raced = {
  /** The books when all is paid, and when all is given back. */
  paid: Seen
  givenBack: Seen
  /** What the copies of its notice were answered, and what the two who wanted its money back were. */
  took: Answers
  asked: Answers
  /** What was thrown, each time. */
  faults: string[]
  seconds: number
}

/**
 * Answers ten copies of each payment's notice at once, each of which credits its bill too; then a rule and a
 * clerk both want the whole of it back, and whoever comes first is seen to by two at once.
 */
export async function race(url: string, payments: number): Promise<Raced> {
  const database = openServerDatabase({ url, connections: CONNECTIONS })
  await migrate(database)
  await seat(database)
  const ports = portsOver(database, { now: () => TODAY })
  const notices = new Map<string, HttpEvent>()
  for (let index = 0; index < payments; index += 1) {
    const paymentId = await aStoredPayment(database)
    notices.set(paymentId, noticeOf(paymentId))
  }
  const took: Answers = new Map()
  const asked: Answers = new Map()
  const faults: string[] = []
  const each = together((error) => faults.push(String(error)))
  const startedAt = Date.now()
  await each([...notices], COPIES, async ([paymentId, notice]) => {
    keep(took, paymentId, await answerNotice(ports, notice))
    // As the posting task does, too.
    await creditBills(ports, paymentId)
  })
  const paid = await readBooks(database)
  const ids = [...notices.keys()]
  await each(ids, 2, async (paymentId, place) => {
    const ask = place % 2 === 0 ? byRule : byClerk
    keep(asked, paymentId, await ask(database, paymentId))
  })
  await each(ids, 2, (paymentId) => giveBack(database, paymentId))
  const seconds = (Date.now() - startedAt) / 1_000
  const givenBack = await readBooks(database)
  await database.close()
  return { paid, givenBack, took, asked, faults, seconds }
}

/** As the posting task does with a bill that was paid twice: the number is the item's. */
async function byRule(database: Database, paymentId: string): Promise<string> {
  const refund = {
    ...{ paymentId, refundNo: 1, itemNo: 1, amountFen: AMOUNT },
    ...{ reason: 'duplicate', rule: 'duplicate' as const, actor: 'jobs' },
  }
  return `rule ${await requestRefund(database, refund, TODAY)}`
}

/** As a clerk does at the desk: the database gives the number. */
async function byClerk(database: Database, paymentId: string): Promise<string> {
  const asked = { paymentId, itemNo: 1, amountFen: AMOUNT, reason: 'moved out', actor: 'li' }
  return `clerk ${(await askRefund(database, asked, TODAY)).answer}`
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

type Work<One> = (one: One, place: number) => Promise<void>

/** Does the work so many times for each, by all workers; copies lie close together, so that they meet. */
function together(fault: (error: unknown) => void) {
  return async <One>(each: readonly One[], copies: number, work: Work<One>): Promise<void> => {
    const left = each.flatMap((one) => Array.from({ length: copies }, () => one)).entries()
    const worker = async () => {
      for (const [place, one] of left) await work(one, place).catch(fault)
    }
    await Promise.all(Array.from({ length: WORKERS }, worker))
  }
}

function keep(answers: Answers, paymentId: string, answer: string): void {
  answers.set(paymentId, [...(answers.get(paymentId) ?? []), answer])
}
