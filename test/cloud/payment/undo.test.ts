import { statement } from '../../../src/cloud/postgres/database'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { askRefund } from '../../../src/cloud/postgres/refund-requests'
import { refundsOf, requestRefund } from '../../../src/cloud/postgres/refunds'
import { inviteStaff } from '../../../src/cloud/postgres/staff'
import { importBills } from '../../../src/cloud/use-cases/import-bills'
import { type Fen, fen } from '../../../src/core/money'
import { aBillsFile } from '../../support/a-bills-file'
import { auditRows } from '../../support/audit-rows'
import { engineName } from '../../support/databases'
import { frozenBefore } from '../../support/frozen-runner'
import { expectLawsHold } from '../../support/money-laws'
import { aPaymentId, dueItems, pay, paymentOf, prepayIdOf, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

/** Her water works lets a first payment be taken back for ten minutes. */
const BILLER = 'liuzhen-water'
const GRANDMOTHER = 'o-demo-grandmother'
const MINUTE_MS = 60_000
const POSTED = statement('test-hosted', 'select posting_id as id from hosted_posting')
const CREDITED = statement(
  'test-credited',
  'select bill_id as "billId" from bill where credited_payment_id is not null',
)
const BALANCES = statement(
  'test-undo-balances',
  `select ledger_account as account from ledger_entry group by ledger_account having sum(amount_fen) <> 0`,
)

describe(`a first payment for an account, on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  const passMinutes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await town.pass(MINUTE_MS)
      await town.jobs()
      await town.pass(0)
    }
  }
  /** Somebody who has the account of the bills file, and may pay its bills. */
  const moveIn = async (openid: string) => {
    const asked = { billerId: BILLER, accountNumber: '700001', answer: '花' }
    const { accountId } = replyOf(await town.call(openid, 'look-up-account', asked))
    replyOf(await town.call(openid, 'bind-account', { accountId, label: '水', household: '老家' }))
  }
  const undo = (paymentId: string, itemNo = 1, openid = GRANDMOTHER) =>
    town.call(openid, 'undo-item', { paymentId, itemNo })
  const itemOf = async (paymentId: string) =>
    (await paymentOf(town, GRANDMOTHER, paymentId)).items[0]
  const kindsOf = async (paymentId: string) =>
    (await itemOf(paymentId))?.trail.map(({ kind, at }) => `${kind}${at === undefined ? '?' : ''}`)
  const postings = () => town.database.run<{ id: string }>(POSTED)
  const credits = () => town.database.run<{ billId: string }>(CREDITED)

  it('waits as long as its biller lets it be taken back, and is then posted by itself', async () => {
    const [due] = await dueItems(town, GRANDMOTHER)
    const { paymentId } = await pay(town, GRANDMOTHER)
    const settledAt = town.clock.now()
    expect(await itemOf(paymentId)).toMatchObject({
      state: 'unposted',
      undoUntil: settledAt + 10 * MINUTE_MS,
    })
    expect(await kindsOf(paymentId)).toEqual(['wechat', 'settled', 'posted?', 'matched?'])
    expect(await dueItems(town, GRANDMOTHER)).toEqual([])
    await passMinutes(9)
    expect(await postings()).toEqual([])
    expect(await credits()).toEqual([])
    await passMinutes(1)
    const item = await itemOf(paymentId)
    expect(item).toMatchObject({ state: 'posted' })
    expect(item?.undoUntil).toBeUndefined()
    expect(await credits()).toEqual([{ billId: due?.billId }])
    expect(await undo(paymentId)).toEqual({ ok: false, reason: 'too-late' })
  })

  it('whose money comes after the close is credited at once: nobody is asked to pay its bill again', async () => {
    const { paymentId } = await start(town, GRANDMOTHER, BILLER)
    await passMinutes(16)
    expect((await paymentOf(town, GRANDMOTHER, paymentId)).state).toBe('closed')
    const [due] = await dueItems(town, GRANDMOTHER)
    town.weChatPay.payLate(town.weChatPay.orders()[0]?.number ?? '')
    await town.pass(100)
    expect(await credits()).toEqual([{ billId: due?.billId }])
    expect(await dueItems(town, GRANDMOTHER)).toEqual([])
    expect((await itemOf(paymentId))?.undoUntil).toBeUndefined()
    expect(await undo(paymentId)).toEqual({ ok: false, reason: 'too-late' })
    await passMinutes(11)
    expect((await itemOf(paymentId))?.state).toBe('posted')
  })

  it('is given back when it is taken back, and its bill is due again as it was', async () => {
    const before = await dueItems(town, GRANDMOTHER)
    const { paymentId } = await pay(town, GRANDMOTHER)
    await passMinutes(3)
    const undoneAt = town.clock.now()
    expect(await undo(paymentId)).toEqual({ ok: true, reply: { undoneAt } })
    expect(await kindsOf(paymentId)).toEqual(['wechat', 'settled', 'undone', 'refund-sent?'])
    expect(await dueItems(town, GRANDMOTHER)).toEqual(before)
    expect(await undo(paymentId)).toEqual({ ok: true, reply: { undoneAt } })
    await passMinutes(3)
    expect((await kindsOf(paymentId))?.slice(2)).toEqual([
      'undone',
      'refund-sent',
      'refund-arrived',
    ])
    expect(await town.database.run(BALANCES)).toEqual([])
    expect(await postings()).toEqual([])
    expect(await auditRows(town.database, 'undo-item')).toMatchObject([
      { auditId: 'undo:1', actor: GRANDMOTHER },
    ])
    const { paidThisYear, receipts } = replyOf(await town.call(GRANDMOTHER, 'get-me', {}))
    expect([paidThisYear, receipts]).toEqual([0, 1])
  })

  it('goes back whole or not at all, also when WeChat closed its refund and a clerk asks anew', async () => {
    const staff = { staffId: 'sun', billerId: BILLER, openid: 'o-sun', displayName: '孙' }
    await inviteStaff(town.database, { ...staff, role: 'clerk' }, town.clock.now())
    const { paymentId, items } = await pay(town, GRANDMOTHER)
    town.weChatPay.faults.set({ refundClosed: 1 })
    replyOf(await undo(paymentId))
    await passMinutes(3)
    const stored = derivePaymentId(town.ports.personalData, GRANDMOTHER, paymentId)
    expect(await refundsOf(town.database, stored)).toMatchObject([{ state: 'closed' }])
    const asked = { paymentId: stored, itemNo: 1, reason: '退', actor: 'sun' }
    const ask = (amountFen: Fen) =>
      askRefund(town.database, { ...asked, amountFen }, town.clock.now())
    expect(await ask(fen(100))).toEqual({ answer: 'whole-only' })
    expect(await ask(items[0]?.amountSeen ?? fen(0))).toMatchObject({ answer: 'requested' })
  })

  it('that was taken back can be paid again, and is a first payment still', async () => {
    const first = await pay(town, GRANDMOTHER)
    replyOf(await undo(first.paymentId))
    const [item] = first.items
    const bills = [{ accountId: item?.accountId ?? '', billId: item?.billId ?? '' }]
    const quote = replyOf(await town.call(GRANDMOTHER, 'quote-payment', { bills }))
    expect(quote.payments[0]?.items[0]).toMatchObject({ firstPayment: true, undoMinutes: 10 })
    const again = await pay(town, GRANDMOTHER)
    expect((await itemOf(again.paymentId))?.state).toBe('unposted')
    await passMinutes(11)
    expect((await itemOf(again.paymentId))?.state).toBe('posted')
    expect((await itemOf(first.paymentId))?.state).toBe('undone')
    expect(await credits()).toHaveLength(1)
  })

  it.each([
    [
      'not-found',
      'of another person',
      async () => (await pay(town, WANG, 'jinghua-power')).paymentId,
    ],
    ['not-paid', 'that is not paid', async () => (await start(town, GRANDMOTHER)).paymentId],
    [
      'too-late',
      'whose time is over',
      async () => {
        const { paymentId } = await pay(town, GRANDMOTHER)
        town.clock.advance(10 * MINUTE_MS)
        return paymentId
      },
    ],
    [
      'being-refunded',
      'whose money somebody asked back',
      async () => {
        const { paymentId, items } = await pay(town, GRANDMOTHER)
        const stored = derivePaymentId(town.ports.personalData, GRANDMOTHER, paymentId)
        await requestRefund(
          town.database,
          {
            paymentId: stored,
            refundNo: 101,
            itemNo: 1,
            amountFen: fen(items[0]?.amountSeen ?? 0),
            reason: 'asked',
            actor: 'o-somebody',
          },
          town.clock.now(),
        )
        return paymentId
      },
    ],
  ] as const)('%s: one %s is not taken back', async (reason, _, paid) => {
    expect(await undo(await paid())).toEqual({ ok: false, reason })
  })

  it('waits no longer the second time, and gives way to money that came for its bill before', async () => {
    const file = aBillsFile(
      { account_number: '700001' },
      { account_number: '700001', month: '2026-09' },
    )
    expect(await importBills(town.ports, BILLER, file)).toMatchObject({ ok: true, bills: 2 })
    const pays = async (openid: string, items: Awaited<ReturnType<typeof dueItems>>) => {
      const paymentId = aPaymentId()
      const { pay: sheet } = replyOf(await town.call(openid, 'start-payment', { paymentId, items }))
      return { paymentId, tap: () => town.weChatPay.tap(prepayIdOf(sheet), 'paid') }
    }
    const stateOf = async (openid: string, paymentId: string) =>
      (await paymentOf(town, openid, paymentId)).items[0]?.state
    for (const openid of ['o-li', 'o-ma']) await moveIn(openid)
    const [september, october] = await dueItems(town, 'o-li')
    if (september === undefined || october === undefined) throw new Error('two bills are due')
    const first = await pays('o-li', [september])
    first.tap()
    await passMinutes(11)
    expect(await stateOf('o-li', first.paymentId)).toBe('posted')
    const second = await pays('o-li', [october])
    const [, order] = town.weChatPay.orders()
    await passMinutes(16)
    const third = await pays('o-ma', [october])
    third.tap()
    await town.pass(100)
    town.weChatPay.payLate(order?.number ?? '')
    await town.pass(100)
    expect(await stateOf('o-li', second.paymentId)).toBe('posted')
    expect(await stateOf('o-ma', third.paymentId)).toBe('unposted')
    await passMinutes(14)
    const [given] = (await paymentOf(town, 'o-ma', third.paymentId)).items
    expect(given).toMatchObject({ state: 'unposted', duplicate: true })
    expect(given?.trail.at(-1)).toMatchObject({ kind: 'refund-arrived' })
    expect(await postings()).toHaveLength(2)
  })

  it('not-undoable: one of a biller without such a rule is posted at once', async () => {
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    const [item] = (await paymentOf(town, WANG, paymentId)).items
    expect(item).toMatchObject({ state: 'posted' })
    expect(item?.undoUntil).toBeUndefined()
    expect(await undo(paymentId, 1, WANG)).toEqual({ ok: false, reason: 'not-undoable' })
    expect(await undo(paymentId, 2, WANG)).toEqual({ ok: false, reason: 'not-found' })
  })

  it('is no proof of payment to a clerk once it was taken back, and says until when it can be', async () => {
    const clerk = { staffId: 's-1', openid: 'o-clerk', displayName: '周*', role: 'clerk' } as const
    await inviteStaff(town.database, { ...clerk, billerId: BILLER }, town.clock.now())
    const { paymentId } = await pay(town, GRANDMOTHER)
    const [row] = replyOf(await town.call(GRANDMOTHER, 'list-receipts', { paymentId })).rows
    const receiptNumber = row?.receiptNumber ?? ''
    const receipt = replyOf(await town.call(GRANDMOTHER, 'get-receipt', { receiptNumber }))
    const check = async () =>
      replyOf(await town.call('o-clerk', 'check-receipt', { code: receipt.code }))
    const undoUntil = town.clock.now() + 10 * MINUTE_MS
    expect(receipt).toMatchObject({ state: 'unposted', undoUntil })
    expect(await check()).toMatchObject({ verdict: 'unposted', receipt: { undoUntil } })
    replyOf(await undo(paymentId))
    const { verdict, receipt: checked } = await check()
    expect(verdict).toBe('returning')
    expect(checked).toMatchObject({ state: 'undone', refunded: 0 })
    expect([checked?.finalBy, checked?.undoUntil]).toEqual([undefined, undefined])
    expect(await town.call('o-clerk', 'print-receipt', { receiptNumber })).toMatchObject({
      reason: 'not-posted',
    })
    await passMinutes(3)
    expect((await check()).verdict).toBe('refunded')
  })

  it.each(['item-end-undo', 'outbox-claim'])(
    'a runner frozen before %s neither credits nor posts what was taken back',
    async (name) => {
      const { paymentId } = await pay(town, GRANDMOTHER)
      const runner = await frozenBefore(town, name)
      replyOf(await undo(paymentId))
      await runner.goOn()
      expect((await itemOf(paymentId))?.state).toBe('undone')
      expect([await postings(), await credits()]).toEqual([[], []])
      expect(await dueItems(town, GRANDMOTHER)).toHaveLength(1)
    },
  )

  it.each(['bill-credit', 'item-note-credit', 'item-begin-posting', 'item-finish-posting'])(
    'what goes to its biller is not taken back: a runner frozen before %s',
    async (name) => {
      const { paymentId } = await pay(town, GRANDMOTHER)
      const runner = await frozenBefore(town, name)
      expect(await undo(paymentId)).toEqual({ ok: false, reason: 'too-late' })
      expect((await itemOf(paymentId))?.undoUntil).toBeUndefined()
      await runner.goOn()
      expect((await itemOf(paymentId))?.state).toBe('posted')
      expect(await postings()).toHaveLength(1)
      expect(await credits()).toHaveLength(1)
    },
  )
})
