import { statement } from '../../../src/cloud/postgres/database'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { recordPaid } from '../../../src/cloud/postgres/payment-writes'
import { paymentIdOf } from '../../../src/core/payment-id'
import { engineName } from '../../support/databases'
import { CLERK, dueItems, OTHER_CLERK, pay, SISTER, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const REFUNDED = statement(
  'test-refunded',
  'update payment_item set refunded_fen = amount_fen where receipt_number = $1',
)

describe(`a receipt on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())

  const aReceipt = async (billerId = 'jinghua-power') => {
    const { paymentId } = await pay(town, WANG, billerId)
    const [row] = replyOf(await town.call(WANG, 'list-receipts', { paymentId })).rows
    return replyOf(
      await town.call(WANG, 'get-receipt', { receiptNumber: row?.receiptNumber ?? '' }),
    )
  }

  it('is genuine and posted to the clerk of its biller, looked up at WeChat just now', async () => {
    const receipt = await aReceipt()
    const { verdict, receipt: checked } = replyOf(
      await town.call(CLERK, 'check-receipt', { code: receipt.code }),
    )
    expect(verdict).toBe('posted')
    expect(checked).toMatchObject({
      holder: '王**',
      accountTail: '3317',
      principal: 24274,
      lateFee: 291,
      wechat: 'paid',
      daysLate: 12,
    })
    expect(JSON.stringify(checked)).not.toContain('441020933317')
  })

  it('is signed when it is opened, had a crash come between settling and credit', async () => {
    const { paymentId } = await start(town, WANG, 'jinghua-power')
    const order = paymentIdOf(town.weChatPay.orders()[0]?.number ?? '') ?? ''
    const { payment, orders } = (await findDossier(town.database, order)) ?? { orders: [] }
    const paidAt = town.clock.now()
    const parts = orders.map((one) => ({
      ...one,
      transactionId: '4200002600202611160000000001',
      payerFen: one.amountFen,
      paidAt,
    }))
    const fact = {
      orderNumber: payment?.orderNumber ?? '',
      merchantId: payment?.merchantId ?? '',
      openid: WANG,
      parts,
    }
    expect(await recordPaid(town.database, { paymentId: order, fact }, paidAt)).toBe('settled')
    const [row] = replyOf(await town.call(WANG, 'list-receipts', { paymentId })).rows
    const receiptNumber = row?.receiptNumber ?? ''
    const { code } = replyOf(await town.call(WANG, 'get-receipt', { receiptNumber }))
    expect(replyOf(await town.call(CLERK, 'check-receipt', { code })).verdict).toBe('unposted')
    expect(await dueItems(town, WANG, 'jinghua-power')).toEqual([])
    expect(replyOf(await town.call(WANG, 'get-receipt', { receiptNumber })).code).toBe(code)
  })

  it('is found and printed by its number, in any case, with spaces or dashes or none', async () => {
    const { receiptNumber } = await aReceipt()
    for (const typed of [
      ` ${receiptNumber.toLowerCase()} `,
      receiptNumber.replaceAll('-', ''),
      receiptNumber.replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'),
    ]) {
      const checked = replyOf(await town.call(CLERK, 'check-receipt', { receiptNumber: typed }))
      expect(checked.receipt?.receiptNumber).toBe(receiptNumber)
      expect((await town.call(CLERK, 'print-receipt', { receiptNumber: typed })).ok).toBe(true)
    }
  })

  it('is foreign to another biller’s clerk, and a torn, forged or unknown one to every clerk', async () => {
    const { code } = await aReceipt()
    const check = async (clerk: string, text: string) =>
      replyOf(await town.call(clerk, 'check-receipt', { code: text }))
    expect(await check(OTHER_CLERK, code)).toMatchObject({
      verdict: 'foreign',
      why: 'other-biller',
    })
    expect(await check(CLERK, code.slice(0, -6))).toMatchObject({ verdict: 'foreign', why: 'torn' })
    expect(await check(CLERK, 'https://example.com')).toMatchObject({
      verdict: 'foreign',
      why: 'foreign',
    })
    const byNumber = replyOf(
      await town.call(CLERK, 'check-receipt', { receiptNumber: 'WJ26-1116-0000-0000-0000' }),
    )
    expect(byNumber).toMatchObject({ verdict: 'foreign', why: 'unknown-number' })
    expect(await town.call(CLERK, 'check-receipt', {})).toMatchObject({
      reason: 'nothing-to-check',
    })
  })

  it('is genuine but not posted while the biller is down, and posted when it is back', async () => {
    const biller = town.neighbours.billers.get('jinghua-power')
    biller?.setFaults({ down: 1 })
    const { code } = await aReceipt()
    expect(replyOf(await town.call(CLERK, 'check-receipt', { code })).verdict).toBe('unposted')
    biller?.setFaults({ down: 0 })
    await town.pass(10_000)
    await town.jobs()
    expect(replyOf(await town.call(CLERK, 'check-receipt', { code })).verdict).toBe('posted')
  })

  it('is printed once; the second time says when and by whom', async () => {
    const { receiptNumber, code } = await aReceipt()
    expect(replyOf(await town.call(CLERK, 'print-receipt', { receiptNumber }))).toMatchObject({
      again: false,
    })
    expect(replyOf(await town.call(CLERK, 'print-receipt', { receiptNumber }))).toMatchObject({
      again: true,
      printedBy: '李* · 柜员 017',
    })
    expect(replyOf(await town.call(CLERK, 'check-receipt', { code })).verdict).toBe('printed')
    expect(await town.call(OTHER_CLERK, 'print-receipt', { receiptNumber })).toMatchObject({
      reason: 'not-found',
    })
  })

  it('is another person’s: not found; and checking is for staff only', async () => {
    const { receiptNumber, code } = await aReceipt()
    expect(await town.call(SISTER, 'get-receipt', { receiptNumber })).toMatchObject({
      reason: 'not-found',
    })
    expect(await town.call(WANG, 'check-receipt', { code })).toMatchObject({
      reason: 'not-allowed',
    })
  })

  it('keeps an unknown posting unknown, and asks before it posts again', async () => {
    const biller = town.neighbours.billers.get('jinghua-power')
    biller?.setFaults({ timeOutAfterPosting: 1 })
    const { code } = await aReceipt()
    expect(replyOf(await town.call(CLERK, 'check-receipt', { code })).verdict).toBe('unposted')
    biller?.setFaults({ timeOutAfterPosting: 0 })
    await town.pass(10_000)
    await town.jobs()
    expect(replyOf(await town.call(CLERK, 'check-receipt', { code })).verdict).toBe('posted')
    expect(biller?.books.credits()).toHaveLength(1)
  })

  it('of a rejected posting says so, and the item waits on a person’s list', async () => {
    town.neighbours.billers.get('jinghua-power')?.setFaults({ closedWindow: 1 })
    const receipt = await aReceipt()
    expect(receipt).toMatchObject({ state: 'rejected', refunded: 0 })
    const checked = replyOf(await town.call(CLERK, 'check-receipt', { code: receipt.code }))
    expect(checked.verdict).toBe('returning')
    expect(checked.receipt).toMatchObject({ state: 'rejected', duplicate: false, refunded: 0 })
    expect(checked.receipt?.finalBy).toBeUndefined()
  })

  it('of the second payment for one bill is no proof: its money goes back', async () => {
    await start(town, WANG, 'jinghua-power')
    await town.pass(16 * 60_000)
    await town.jobs()
    await pay(town, SISTER, 'jinghua-power')
    town.weChatPay.payLate(town.weChatPay.orders()[0]?.number ?? '')
    await town.pass(100)
    const [row] = replyOf(await town.call(WANG, 'list-receipts', {})).rows
    expect(row).toMatchObject({ duplicate: true })
    const receiptNumber = row?.receiptNumber ?? ''
    const checked = replyOf(await town.call(CLERK, 'check-receipt', { receiptNumber }))
    expect(checked).toMatchObject({ verdict: 'returning', receipt: { duplicate: true } })
  })

  it('of refunded money says so to both, with the amount that went back', async () => {
    const { receiptNumber } = await aReceipt()
    await town.database.run(REFUNDED, [receiptNumber])
    const checked = replyOf(await town.call(CLERK, 'check-receipt', { receiptNumber }))
    expect(checked).toMatchObject({ verdict: 'refunded', receipt: { refunded: 24565 } })
    expect(replyOf(await town.call(WANG, 'get-receipt', { receiptNumber })).refunded).toBe(24565)
    expect(replyOf(await town.call(WANG, 'list-receipts', {})).rows[0]?.refunded).toBe(24565)
  })

  it('that is not posted says by when there is a result', async () => {
    town.neighbours.billers.get('jinghua-power')?.setFaults({ down: 1 })
    const { receiptNumber, paidAt } = await aReceipt()
    const { receipt } = replyOf(await town.call(CLERK, 'check-receipt', { receiptNumber }))
    const { latestHours } = town.ports.billers.manifest('jinghua-power')?.posting ?? {}
    expect((receipt?.finalBy ?? 0) - paidAt).toBeGreaterThanOrEqual((latestHours ?? 0) * 3_600_000)
    expect((receipt?.finalBy ?? 0) - paidAt).toBeLessThan((latestHours ?? 0) * 3_600_000 + 60_000)
  })
})
