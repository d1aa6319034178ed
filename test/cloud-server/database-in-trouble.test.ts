import { type Database, statement } from '../../src/cloud/postgres/database'
import { recordPaid } from '../../src/cloud/postgres/payment-writes'
import { openServerDatabase } from '../../src/cloud/postgres/server-database'
import { type CuttingWire, cuttingWire } from '../support/cutting-wire'
import { aDatabase, urlOf } from '../support/databases'
import { expectLawsHold } from '../support/money-laws'
import { aPaymentId, dueItems, pay, paymentOf, SISTER, start, WANG } from '../support/payer'
import { rowHolder } from '../support/row-holder'
import { aStoredPayment, paidFactOf } from '../support/stored-payment'
import { aTown, TODAY, type Town } from '../support/town'

const CONNECTIONS = 2
const ANSWER_WITHIN_MS = 900
const TRY_AGAIN = { ok: false, reason: 'try-again', details: { errorId: expect.any(String) } }

/** Waits for real time, which the database lives in. */
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** From now on each call of the function ends in a conflict, as if another were always faster. */
const conflicting = (signature: string, returns: string) =>
  statement(
    `test-conflicting-${signature.split('(')[0]}`,
    `create or replace function ${signature} returns ${returns} language plpgsql as $$
     begin raise exception 'always' using errcode = '40001'; end $$`,
  )
const START = conflicting(
  'start_payment(p_payment_id text, p_payment jsonb, p_orders jsonb, p_items jsonb, p_now timestamptz)',
  'jsonb',
)
const RECORD_PAID = conflicting(
  'record_paid(p_payment_id text, p_fact jsonb, p_notice_id text, p_now timestamptz)',
  'text',
)
const BEGIN = conflicting(
  'begin_posting(p_payment_id text, p_item_no integer, p_now timestamptz)',
  'text',
)
/** As often as repeat-conflicts.ts repeats a conflict: were there another place, it would be a multiple. */
const TIMES = 15

describe('callers of a database in trouble', () => {
  let direct: Database
  let wire: CuttingWire
  let few: Database
  let town: Town
  beforeAll(async () => {
    direct = await aDatabase()
    wire = await cuttingWire(await urlOf(direct))
    few = openServerDatabase({
      url: wire.url,
      connections: CONNECTIONS,
      answerWithinMs: ANSWER_WITHIN_MS,
    })
    town = await aTown({ database: few })
  })
  afterAll(async () => {
    await town.close()
    await wire.close()
    await direct.close()
  })

  it('are told to try again where a statement does not end; nothing is lost, and all goes on', async () => {
    const { paymentId, prepayId } = await start(town, WANG, 'jinghua-power')
    const other = await rowHolder(await urlOf(direct))
    await other.run(`select from payment where state in ('created', 'awaiting') for update`)
    town.weChatPay.tap(prepayId, 'paid')
    const begun = Date.now()
    const calls = Array.from({ length: 12 }, () =>
      town.call(WANG, 'get-payment', { paymentId, returned: true }),
    )
    await town.pass(100)
    const answers = await Promise.all(calls)
    expect(Date.now() - begun).toBeLessThan(3 * ANSWER_WITHIN_MS)
    const refused = answers.filter((answer) => !answer.ok)
    expect(refused).not.toEqual([])
    for (const answer of refused) {
      expect(answer).toEqual(TRY_AGAIN)
      const { errorId } = (answer as { details: { errorId: string } }).details
      expect(town.log.find((entry) => entry.errorId === errorId)?.error).toBeDefined()
    }
    expect(town.weChatPay.notices.sent().at(-1)?.status).toBe(500)
    expect(await town.call(SISTER, 'list-accounts', {})).toMatchObject({ ok: true })

    await other.letGo()
    await town.pass(15_000)
    expect(town.weChatPay.notices.sent().at(-1)?.status).toBe(204)
    expect(await paymentOf(town, WANG, paymentId)).toMatchObject({ state: 'paid' })
    await expectLawsHold(direct)
  })

  it('get another connection where one is silent', async () => {
    const items = await dueItems(town, WANG, 'shenjiang-water')
    const paymentId = aPaymentId()
    const call = () => town.call(WANG, 'start-payment', { paymentId, items })
    wire.fallSilentAfter('payment-find')
    expect(await call()).toEqual(TRY_AGAIN)
    expect(await call()).toMatchObject({ ok: true, reply: { state: 'awaiting' } })
  })

  it('wait their turn behind slow statements, and each is answered', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => aStoredPayment(direct)))
    const slow = statement('test-slow', 'select pg_sleep(0.3)::text')
    const begun = Date.now()
    const slowOnes = [few.run(slow), few.run(slow)]
    const answers = await Promise.all(
      [...ids, ...ids, ...ids].map((paymentId) =>
        recordPaid(few, { paymentId, fact: paidFactOf(paymentId) }, TODAY),
      ),
    )
    expect(Date.now() - begun).toBeGreaterThan(290)
    await Promise.all(slowOnes)
    expect(answers.filter((answer) => answer === 'settled')).toHaveLength(20)
    expect(answers.filter((answer) => answer === 'before')).toHaveLength(40)
  })

  describe('who meet a conflict that does not end', () => {
    // Their patience is longer than all the repeats.
    beforeAll(() => {
      town.ports.database = openServerDatabase({ url: wire.url, connections: CONNECTIONS })
    })
    afterAll(async () => {
      await town.ports.database.close()
    })

    it('repeat it in one place only when the biller is to be told, and the task is put off', async () => {
      const before = wire.timesSent('item-begin-posting')
      await direct.run(BEGIN)
      const { paymentId } = await pay(town, WANG, 'shencheng-power')
      // The phone is answered after two seconds; the work goes on.
      while (!town.log.some((entry) => entry.event === 'run-task')) await pause(50)
      expect(wire.timesSent('item-begin-posting') - before).toBe(TIMES)
      const { items } = await paymentOf(town, WANG, paymentId)
      expect(items).toMatchObject([{ state: 'unposted' }])
    })

    it('repeat it in one place only when a notice comes, which is answered with 500', async () => {
      const { prepayId } = await start(town, WANG, 'pujiang-gas')
      const before = wire.timesSent('payment-record-paid')
      await direct.run(RECORD_PAID)
      town.weChatPay.tap(prepayId, 'paid')
      await town.pass(100)
      expect(wire.timesSent('payment-record-paid') - before).toBe(TIMES)
      expect(town.weChatPay.notices.sent().at(-1)?.status).toBe(500)
    })

    it('repeat it in one place only when a payment starts, which is refused with an error id', async () => {
      const items = await dueItems(town, WANG, 'yanjing-water')
      const before = wire.timesSent('payment-start')
      await direct.run(START)
      const answer = await town.call(WANG, 'start-payment', { paymentId: aPaymentId(), items })
      expect(answer).toEqual(TRY_AGAIN)
      expect(wire.timesSent('payment-start') - before).toBe(TIMES)
    })
  })
})

describe('a server whose connections are all taken', () => {
  let direct: Database
  let url: URL
  const role = `crowd_${process.pid}`
  const asAdmin = (sql: string) => direct.session((session) => session.script(sql))
  beforeAll(async () => {
    direct = await aDatabase()
    await asAdmin(`create role ${role} login connection limit 2`)
    await asAdmin(`grant all on all tables in schema public to ${role}`)
    url = new URL(await urlOf(direct))
    url.username = role
  })
  afterAll(async () => {
    await asAdmin(`drop owned by ${role}; drop role ${role}`)
    await direct.close()
  })

  it('refuses with an error id, and takes up again when one is free', async () => {
    const own = openServerDatabase({ url: url.toString(), connections: 2, answerWithinMs: 900 })
    const paymentId = await aStoredPayment(direct)
    const settle = () => recordPaid(own, { paymentId, fact: paidFactOf(paymentId) }, TODAY)
    // One who holds rows and one who watches.
    const others = await rowHolder(url.toString())
    await expect(settle()).rejects.toMatchObject({ cause: { code: '53300' } })
    const waiting = settle()
    await pause(50)
    await others.letGo()
    expect(await waiting).toBe('settled')
    await own.close()
  })
})
