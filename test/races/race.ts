import { type Database, onlyRow, statement } from '../../src/cloud/postgres/database'
import { migrate } from '../../src/cloud/postgres/migrate'
import { creditBill, noteCredit } from '../../src/cloud/postgres/outbox'
import { recordPaid } from '../../src/cloud/postgres/payment-writes'
import { settledItems } from '../../src/cloud/postgres/payments'
import { requestRefund } from '../../src/cloud/postgres/refunds'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { fen } from '../../src/core/money'
import { aStoredPayment, paidFactOf } from '../support/stored-payment'
import { TODAY } from '../support/town'

const WORKERS = 64
const COPIES = 10
/** A connection per worker, so that what meets, meets in the database. */
const CONNECTIONS = 64

const BOOKS = statement(
  'race-books',
  `select (select count(*) from audit where act = 'credit-bill')::int as credits,
     (select count(*) from refund)::int as refunds,
     (select count(receipt_code) from payment_item)::int as receipts,
     (select coalesce(sum(amount_fen), 0) from ledger_entry)::bigint as "ledgerFen",
     (select count(*) from movement where kind = 'settle')::int as settlements`,
)

type Books = {
  credits: number
  refunds: number
  receipts: number
  ledgerFen: number
  settlements: number
}

/** Settles and credits each payment ten times at once, then gives each back twice at once. */
export async function race(url: string, payments: number) {
  const database = openServerDatabase({ url, connections: CONNECTIONS })
  await migrate(database)
  const ids: string[] = []
  for (let index = 0; index < payments; index += 1) ids.push(await aStoredPayment(database))
  const answers: Record<string, number> = {}
  const startedAt = Date.now()
  await together(copiesOf(ids, COPIES), async (paymentId) => {
    const paid = { paymentId, fact: paidFactOf(paymentId) }
    count(answers, await recordPaid(database, paid, TODAY))
    await credit(database, paymentId)
  })
  await together(copiesOf(ids, 2), async (paymentId) => {
    count(answers, `refund ${await refund(database, paymentId)}`)
  })
  const seconds = (Date.now() - startedAt) / 1_000
  const books = onlyRow(await database.run<Books>(BOOKS))
  await database.close()
  return { ...books, answers, seconds }
}

async function credit(database: Database, paymentId: string): Promise<void> {
  for (const item of await settledItems(database, paymentId)) {
    const answer = await creditBill(database, item, TODAY)
    const receipt = { code: `${paymentId}/${item.itemNo}`, keyId: 'race' }
    await noteCredit(database, item, answer, receipt)
  }
}

function refund(database: Database, paymentId: string) {
  return requestRefund(
    database,
    {
      paymentId,
      refundNo: 1,
      itemNo: 1,
      amountFen: fen(100),
      reason: 'duplicate',
      rule: 'duplicate',
      actor: 'jobs',
    },
    TODAY,
  )
}

/** Copies of one payment lie close together, so that they meet. */
function copiesOf(ids: readonly string[], copies: number): string[] {
  return ids.flatMap((id) => Array.from({ length: copies }, () => id))
}

async function together(ids: readonly string[], work: (id: string) => Promise<void>) {
  let at = 0
  const worker = async () => {
    for (let id = ids[at++]; id !== undefined; id = ids[at++]) await work(id)
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
}

function count(answers: Record<string, number>, answer: string): void {
  answers[answer] = (answers[answer] ?? 0) + 1
}
