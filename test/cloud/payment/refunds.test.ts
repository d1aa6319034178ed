import { type Database, statement } from '../../../src/cloud/postgres/database'
import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { refundsOf, requestRefund } from '../../../src/cloud/postgres/refunds'
import { fen } from '../../../src/core/money'
import { engineName } from '../../support/databases'
import { frozenBefore } from '../../support/frozen-runner'
import { expectLawsHold } from '../../support/money-laws'
import { pay, paymentOf, SISTER, start, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

const BALANCES = statement(
  'test-balances',
  `select ledger_account as account, sum(amount_fen)::bigint as amount from ledger_entry
   group by ledger_account having sum(amount_fen) <> 0 order by ledger_account`,
)
const BILLER = 'jinghua-power'

describe(`money given back, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  const balances = (database: Database) =>
    database.run<{ account: string; amount: number }>(BALANCES)
  /** Lets the jobs work until nothing is to be done in the next minutes. */
  const passMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await town.pass(60_000)
      await town.jobs()
      await town.pass(0)
    }
  }
  const books = () => {
    const books = town.neighbours.billers.get(BILLER)?.books
    if (books === undefined) throw new Error('there is such a biller')
    return books
  }
  const itemOf = async (openid: string, paymentId: string) =>
    (await paymentOf(town, openid, paymentId)).items[0]
  const kinds = (item: Awaited<ReturnType<typeof itemOf>>) =>
    item?.trail.map((step) => `${step.kind}${step.at === undefined ? '?' : ''}`)
  /** The biller credited the bill at its counter in the meantime. */
  const refusedPayment = async () => {
    const payment = await start(town, WANG, BILLER)
    for (const { bill } of books().dump().bills)
      if (bill.billId === payment.items[0]?.billId) bill.status = 'paid'
    town.weChatPay.tap(payment.prepayId, 'paid')
    await town.pass(100)
    return payment
  }

  it('a posting that the biller refused is given back by itself, to the fen', async () => {
    const { paymentId } = await refusedPayment()
    expect(kinds(await itemOf(WANG, paymentId))).toEqual([
      'wechat',
      'settled',
      'rejected',
      'refund-sent?',
    ])
    await town.jobs()
    expect(kinds(await itemOf(WANG, paymentId))?.slice(3)).toEqual([
      'refund-sent',
      'refund-arrived?',
    ])
    await passMinutes(2)
    const item = await itemOf(WANG, paymentId)
    expect(kinds(item)?.slice(3)).toEqual(['refund-sent', 'refund-arrived'])
    expect(item?.trail.at(-1)?.where).toBe('支付用户零钱')
    expect(await balances(town.database)).toEqual([])
    expect(town.log.filter((entry) => entry.level !== 'info')).toEqual([])
  })

  it('of two payments for one bill the later one is given back, and the bill is credited once', async () => {
    const first = await start(town, WANG, BILLER)
    town.clock.advance(16 * 60_000)
    await town.jobs()
    expect((await paymentOf(town, WANG, first.paymentId)).state).toBe('closed')
    const second = await pay(town, SISTER, BILLER)
    town.weChatPay.payLate(town.weChatPay.orders()[0]?.number ?? '')
    await town.pass(100)
    await passMinutes(3)
    const given = await itemOf(WANG, first.paymentId)
    expect(given).toMatchObject({ duplicate: true })
    expect(kinds(given)?.slice(2)).toEqual(['duplicate', 'refund-sent', 'refund-arrived'])
    expect((await itemOf(SISTER, second.paymentId))?.state).toBe('posted')
    expect(books().credits()).toHaveLength(1)
  })

  it('a runner frozen before it gives a second payment back finds that a person did so meanwhile', async () => {
    const first = await start(town, WANG, BILLER)
    town.clock.advance(16 * 60_000)
    await town.jobs()
    await pay(town, SISTER, BILLER)
    town.weChatPay.payLate(town.weChatPay.orders()[0]?.number ?? '')
    await town.pass(100)
    const runner = await frozenBefore(town, 'refund-request')
    const paymentId = derivePaymentId(town.ports.personalData, WANG, first.paymentId)
    const amountFen = (await findDossier(town.database, paymentId))?.items[0]?.amountFen ?? fen(0)
    const asked = {
      paymentId,
      refundNo: 101,
      itemNo: 1,
      amountFen,
      reason: '付了两次',
      actor: 'li',
    }
    expect(await requestRefund(town.database, asked, town.clock.now())).toBe('requested')
    await runner.goOn()
    const refunds = await refundsOf(town.database, paymentId)
    expect(refunds.map(({ refundNo, state }) => `${refundNo} ${state}`)).toEqual(['101 requested'])
    expect(town.log.filter((entry) => entry.level !== 'info')).toEqual([])
  })

  it('asks under the same number when the answer was lost, and WeChat gives once', async () => {
    const { paymentId } = await refusedPayment()
    town.weChatPay.faults.next('answerLost')
    await town.jobs()
    await passMinutes(3)
    expect(kinds(await itemOf(WANG, paymentId))?.slice(3)).toEqual([
      'refund-sent',
      'refund-arrived',
    ])
    const [order] = town.weChatPay.orders()
    expect(order?.shares[0]?.refunds).toHaveLength(1)
  })

  it('finds the end of a refund by asking when its notice is lost for ever', async () => {
    town.weChatPay.faults.set({ noticeLost: 1 })
    const payment = await refusedPayment()
    await paymentOf(town, WANG, payment.paymentId, true)
    await passMinutes(4)
    expect(kinds(await itemOf(WANG, payment.paymentId))?.at(-1)).toBe('refund-arrived')
  })

  it.each(['refundAbnormal', 'refundClosed'] as const)(
    '%s comes to a person, and is told as such',
    async (fault) => {
      town.weChatPay.faults.set({ [fault]: 1 })
      const { paymentId } = await refusedPayment()
      await passMinutes(3)
      expect(kinds(await itemOf(WANG, paymentId))?.slice(3)).toEqual([
        'refund-sent',
        'refund-failed',
        'person?',
      ])
      const [left] = await town.database.run<{ reason: string }>(
        statement(
          'test-person',
          'select person_reason as reason from outbox_task where person_reason is not null',
        ),
      )
      expect(left?.reason).toBe(fault === 'refundClosed' ? 'refund-closed' : 'refund-abnormal')
    },
  )

  it.each([
    ['balanceTooLow', 'NOTENOUGH'],
    ['payerAbnormal', 'USERACCOUNTABNORMAL'],
    ['refundForbidden', 'NOAUTH'],
  ] as const)('%s holds it up, which rings until somebody has mended it', async (fault, code) => {
    town.weChatPay.faults.set({ [fault]: 1 })
    const { paymentId } = await refusedPayment()
    await town.jobs()
    const rang = () => town.log.filter(({ level }) => level === 'alarm').map(({ event }) => event)
    expect(rang()).toEqual(['refund-held-up'])
    expect(town.log.find(({ event }) => event === 'run-task')).toMatchObject({
      level: 'warn',
      about: 'refund 1',
      error: { code },
    })
    await passMinutes(1)
    const often = rang().length
    expect(often).toBeGreaterThan(1)
    town.weChatPay.faults.set({ [fault]: 0 })
    await passMinutes(5)
    expect(kinds(await itemOf(WANG, paymentId))?.slice(3)).toEqual([
      'refund-sent',
      'refund-arrived',
    ])
    expect(rang()).toHaveLength(often)
  })

  it('a coupon’s part goes back to whoever gave the coupon', async () => {
    town.weChatPay.giveCoupon(WANG, 500)
    await refusedPayment()
    await passMinutes(3)
    expect(await balances(town.database)).toEqual([])
  })

  it('nothing is given back of what is unknown, or more than was paid', async () => {
    const { paymentId } = await pay(town, WANG, 'shenjiang-water')
    const stored = derivePaymentId(town.ports.personalData, WANG, paymentId)
    const ask = (amount: number, refundNo = 101) =>
      requestRefund(
        town.database,
        {
          paymentId: stored,
          refundNo,
          itemNo: 1,
          amountFen: fen(amount),
          reason: 'asked',
          actor: 'o-somebody',
        },
        town.clock.now(),
      )
    expect(await ask(2_000_000)).toBe('too-much')
    expect(await ask(1)).toBe('requested')
    expect(await ask(1)).toBe('before')
    town.neighbours.billers.get(BILLER)?.setFaults({ timeOutAfterPosting: 1 })
    const other = await pay(town, WANG, BILLER)
    const unknown = derivePaymentId(town.ports.personalData, WANG, other.paymentId)
    const asked = { paymentId: unknown, refundNo: 101, itemNo: 1, amountFen: fen(1) }
    const answer = (amountFen = fen(1), refundNo = 101) =>
      requestRefund(
        town.database,
        { ...asked, amountFen, refundNo, reason: 'asked', actor: 'o-somebody' },
        town.clock.now(),
      )
    expect(await answer()).toBe('posting-unknown')
    expect(await refundsOf(town.database, unknown)).toEqual([])
  })
})
