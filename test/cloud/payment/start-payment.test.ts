import { createHash } from 'node:crypto'
import { type Database, statement } from '../../../src/cloud/postgres/database'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import type { Ports } from '../../../src/cloud/use-cases/ports'
import { startPayment } from '../../../src/cloud/use-cases/start-payment'
import { fen } from '../../../src/core/money'
import { receiptNumber } from '../../../src/core/receipt/receipt-number'
import { engineName } from '../../support/databases'
import { aPaymentId, dueItems, SISTER, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const [POWER, WATER] = ['jinghua-power', 'yanjing-water']
const GRANDMOTHER = 'o-demo-grandmother'
const STARTED = statement(
  'test-started-items',
  `select p.order_number as "orderNumber", i.item_no as "itemNo", i.account_tail as tail,
     i.receipt_number as "receiptNumber", o.order_number as share
   from payment p join payment_item i on i.payment_id = p.payment_id
     join payment_order o on o.payment_id = i.payment_id and o.order_no = i.order_no
   where p.payment_id = $1 order by i.item_no`,
)

/** What opens the sheet is signed afresh for each call; it is for the same order. */
function orderOf(answer: Awaited<ReturnType<typeof startPayment>>) {
  return answer.ok ? { ...answer.reply, pay: answer.reply.pay?.package } : answer
}

describe(`starting a payment, on the ${engineName()} engine`, () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())

  const start = (
    openid: string,
    items: Awaited<ReturnType<typeof dueItems>>,
    paymentId = aPaymentId(),
    ports: Ports = town.ports,
  ) => startPayment(ports, { openid }, { paymentId, items })
  it('names both orders and receipts after the payment, and keeps four digits of each account', async () => {
    const items = await dueItems(town, WANG, POWER, WATER)
    const phoneId = aPaymentId()
    expect(await start(WANG, items, phoneId)).toMatchObject({
      ok: true,
      reply: { paymentId: phoneId, state: 'awaiting', pay: { signType: 'RSA' } },
    })
    const id = derivePaymentId(town.ports.personalData, WANG, phoneId)
    const bits = (itemNo: number) =>
      createHash('sha256').update(`${id}/${itemNo}`).digest().subarray(0, 8)
    const rows = await town.database.run<{ tail: string }>(STARTED, [id])
    expect(rows).toEqual(
      [1, 2].map((itemNo) => ({
        orderNumber: `${id}00`,
        itemNo,
        tail: expect.stringMatching(/^\d{4}$/),
        receiptNumber: receiptNumber('2026-11-16', bits(itemNo)),
        share: `${id}0${itemNo}`,
      })),
    )
    expect(await start(WANG, [...items].reverse(), phoneId)).toMatchObject({
      ok: true,
      reply: { paymentId: phoneId },
    })
    const [first, second] = [...items].sort((one, other) =>
      one.accountId < other.accountId ? -1 : 1,
    )
    const asOne = `${first?.billId}${second?.accountId}/${second?.billId}`
    const runTogether = [{ accountId: first?.accountId ?? '', billId: asOne, amountSeen: fen(1) }]
    expect(await start(WANG, runTogether, phoneId)).toMatchObject({ reason: 'different-contents' })
  })

  it('of one order has its number', async () => {
    const phoneId = aPaymentId()
    await start(WANG, await dueItems(town, WANG, 'shenjiang-water'), phoneId)
    const id = derivePaymentId(town.ports.personalData, WANG, phoneId)
    expect(await town.database.run(STARTED, [id])).toMatchObject([
      { orderNumber: `${id}01`, share: `${id}01` },
    ])
  })

  it('takes twelve bills, not thirteen, and not none', async () => {
    const bill = { accountId: 'a', billId: 'b', amountSeen: 1 as never }
    const many = (count: number) => Array.from({ length: count }, () => bill)
    expect(await start(WANG, many(12))).toMatchObject({ reason: 'not-found' })
    expect(await start(WANG, many(13))).toMatchObject({ reason: 'too-many-items' })
    expect(await start(WANG, [])).toMatchObject({ reason: 'cannot-join' })
  })

  it('asks whether an account was paid before only where a biller lets that be taken back', async () => {
    const asked: unknown[] = []
    const run: Database['run'] = (one, parameters) => {
      if (one.name === 'payment-paid-before') asked.push(parameters)
      return town.database.run(one, parameters)
    }
    const ports = { ...town.ports, database: { ...town.database, run } }
    await start(WANG, await dueItems(town, WANG, 'pujiang-gas'), aPaymentId(), ports)
    expect(asked).toEqual([])
    const items = await dueItems(town, GRANDMOTHER, 'liuzhen-water')
    await start(GRANDMOTHER, items, aPaymentId(), ports)
    expect(asked).toEqual([[GRANDMOTHER, items.map(({ accountId }) => accountId)]])
  })

  it('is refused by the database where somebody was quicker, with the bill that it is about', async () => {
    const own = await aTown()
    try {
      const items = await dueItems(own, WANG, POWER)
      const sisters = await dueItems(own, SISTER, POWER)
      const run: Database['run'] = async (one, parameters) => {
        if (one.name === 'payment-start')
          await startPayment(
            own.ports,
            { openid: SISTER },
            { paymentId: aPaymentId(), items: sisters },
          )
        return own.database.run(one, parameters)
      }
      const ports = { ...own.ports, database: { ...own.database, run } }
      const answer = await startPayment(ports, { openid: WANG }, { paymentId: aPaymentId(), items })
      expect(answer).toStrictEqual({
        ok: false,
        reason: 'being-paid',
        details: { accountId: items[0]?.accountId, billId: items[0]?.billId },
      })
    } finally {
      await own.close()
    }
  })

  it.each(['payment-start', 'bill-find'])(
    'is the same payment for a phone that called twice at once, the other call done before %s',
    async (name) => {
      const own = await aTown()
      try {
        const request = { paymentId: aPaymentId(), items: await dueItems(own, WANG, POWER) }
        const other = () => startPayment(own.ports, { openid: WANG }, request)
        let said: ReturnType<typeof other> | undefined
        const run: Database['run'] = async (one, parameters) => {
          if (one.name === name) {
            said ??= other()
            await said
          }
          return own.database.run(one, parameters)
        }
        const ports = { ...own.ports, database: { ...own.database, run } }
        const answer = await startPayment(ports, { openid: WANG }, request)
        expect(answer).toMatchObject({ ok: true, reply: { state: 'awaiting' } })
        expect(orderOf(answer)).toEqual(orderOf(await (said ?? other())))
      } finally {
        await own.close()
      }
    },
  )

  it('is refused by the database where the same id was started with other bills', async () => {
    const own = await aTown()
    try {
      const phoneId = aPaymentId()
      const [items, others] = [await dueItems(own, WANG, POWER), await dueItems(own, WANG, WATER)]
      const run: Database['run'] = async (one, parameters) => {
        if (one.name === 'payment-start')
          await startPayment(own.ports, { openid: WANG }, { paymentId: phoneId, items: others })
        return own.database.run(one, parameters)
      }
      const ports = { ...own.ports, database: { ...own.database, run } }
      const answer = await startPayment(ports, { openid: WANG }, { paymentId: phoneId, items })
      expect(answer).toStrictEqual({ ok: false, reason: 'different-contents' })
    } finally {
      await own.close()
    }
  })
})
