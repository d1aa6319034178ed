import { findAccount } from '../../../src/cloud/postgres/accounts'
import { billsOfAccount, findBill } from '../../../src/cloud/postgres/bills'
import { statement } from '../../../src/cloud/postgres/database'
import { importBillRows } from '../../../src/cloud/postgres/import-bills'
import { deriveAccountId, derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { approveRefund, askRefund } from '../../../src/cloud/postgres/refund-requests'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import { inviteStaff } from '../../../src/cloud/postgres/staff'
import { importBills } from '../../../src/cloud/use-cases/import-bills'
import { fen } from '../../../src/core/money'
import { aBillsFile, type FileRow } from '../../support/a-bills-file'
import { auditRows } from '../../support/audit-rows'
import { engineName } from '../../support/databases'
import { expectLawsHold } from '../../support/money-laws'
import { dueItems, pay, paymentOf, start } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const BILLER = 'liuzhen-water'
const RESIDENT = 'o-li'
const SUSPEND = statement(
  'test-suspend',
  `update account set state = 'suspended', phone_sealed = 'kept' where account_id = $1 returning account_id`,
)

const NUMBER = '700001'
const OCTOBER: FileRow = { account_number: NUMBER }
/** The meter was read again: 12 m³ at 2.55. */
const READ_AGAIN: FileRow = { ...OCTOBER, current_reading: '112', amount: '30.60' }
const SEPTEMBER: FileRow = { ...OCTOBER, month: '2026-09' }

describe(`a hosted biller’s file on the ${engineName()} engine`, () => {
  let town: Town
  let accountId: string
  beforeEach(async () => {
    town = await aTown()
    accountId = deriveAccountId(town.ports.personalData, BILLER, NUMBER)
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })
  const take = (...rows: FileRow[]) => importBills(town.ports, BILLER, aBillsFile(...rows))
  const stored = async () =>
    (await billsOfAccount(town.database, accountId, 10)).map(
      ({ billId, revision, principalFen, status }) => [billId, revision, principalFen, status],
    )
  /** A resident who has the account and may pay its bills. */
  const moveIn = async () => {
    const looked = await town.call(RESIDENT, 'look-up-account', {
      billerId: BILLER,
      accountNumber: NUMBER,
      answer: '花',
    })
    const { accountId: found } = replyOf(looked)
    const bind = { accountId: found, label: '水', household: '老家' }
    replyOf(await town.call(RESIDENT, 'bind-account', bind))
  }

  /** A first payment can be taken back: it is posted, and its bill credited, after that. */
  const payAndPost = async (meanwhile = async () => {}) => {
    const { paymentId } = await pay(town, RESIDENT)
    await meanwhile()
    await town.pass(11 * 60_000)
    await town.jobs()
    const [item] = (await paymentOf(town, RESIDENT, paymentId)).items
    expect(item?.state).toBe('posted')
    return { paymentId, item }
  }

  /** A clerk asks so much of the payment back and a supervisor approves; it is given back, and reversed before. */
  const giveBack = async (paymentId: string, amount: number) => {
    const now = town.clock.now()
    for (const [staffId, role] of [
      ['li', 'clerk'],
      ['zhao', 'supervisor'],
    ] as const) {
      const member = {
        staffId,
        billerId: BILLER,
        openid: `o-${staffId}-desk`,
        displayName: staffId,
      }
      await inviteStaff(town.database, { ...member, role }, now)
    }
    const stored = derivePaymentId(town.ports.personalData, RESIDENT, paymentId)
    const { refundNo } = await askRefund(
      town.database,
      { paymentId: stored, itemNo: 1, amountFen: fen(amount), reason: '多收了', actor: 'li' },
      now,
    )
    const key = { paymentId: stored, refundNo: refundNo ?? 0 }
    expect(await approveRefund(town.database, key, 'zhao', now)).toBe('approved')
    for (let minute = 0; minute < 4; minute += 1) {
      await town.pass(60_000)
      await town.jobs()
    }
    expect((await refundsOf(town.database, stored)).at(-1)?.state).toBe('done')
  }

  it('is taken in, and the same file again changes nothing', async () => {
    expect(await take(SEPTEMBER, OCTOBER)).toEqual({ ok: true, rows: 2, bills: 2, corrected: 0 })
    expect(await stored()).toEqual([
      ['2026-10', 1, 2678, 'due'],
      ['2026-09', 1, 2678, 'due'],
    ])
    expect(await take(SEPTEMBER, OCTOBER)).toEqual({ ok: true, rows: 2, bills: 0, corrected: 0 })
  })

  it('corrects a bill that is due: the next revision, and that is what is asked for', async () => {
    await take(SEPTEMBER, OCTOBER)
    await moveIn()
    expect(await take(SEPTEMBER, READ_AGAIN)).toMatchObject({ ok: true, bills: 1, corrected: 1 })
    expect(await stored()).toContainEqual(['2026-10', 2, 3060, 'due'])
    expect((await dueItems(town, RESIDENT)).map((item) => item.amountSeen).sort()).toEqual([
      2678, 3060,
    ])
    expect(await take({ ...READ_AGAIN, due_on: '2026-11-20' })).toMatchObject({ corrected: 1 })
    expect(await stored()).toContainEqual(['2026-10', 3, 3060, 'due'])
  })

  it('refuses to correct what was paid here, by row, and writes nothing of the file', async () => {
    await take(OCTOBER)
    await moveIn()
    const isBeingPaid = { ok: false, flaws: [{ reason: 'being-paid' }] }
    await payAndPost(async () => expect(await take(READ_AGAIN)).toMatchObject(isBeingPaid))
    expect(await take(SEPTEMBER, READ_AGAIN)).toEqual({
      ok: false,
      flaws: [{ row: 3, reason: 'paid' }],
    })
    expect(await stored()).toEqual([['2026-10', 1, 2678, 'paid']])
    expect(await take(OCTOBER)).toMatchObject({ ok: true, bills: 0 })
    expect(await stored()).toEqual([['2026-10', 1, 2678, 'paid']])
  })

  it('refuses to correct what is being paid, and corrects it once the order is closed', async () => {
    await take(OCTOBER)
    await moveIn()
    await start(town, RESIDENT)
    expect(await take(READ_AGAIN, SEPTEMBER)).toEqual({
      ok: false,
      flaws: [{ row: 2, reason: 'being-paid' }],
    })
    expect(await stored()).toEqual([['2026-10', 1, 2678, 'due']])
    await town.pass(16 * 60_000)
    await town.jobs()
    expect(await take(READ_AGAIN, SEPTEMBER)).toMatchObject({ ok: true, bills: 2, corrected: 1 })
  })

  it('asks again for what was given back whole, once it took its credit back, and that can be paid', async () => {
    await take(OCTOBER)
    await moveIn()
    const { paymentId } = await payAndPost()
    await giveBack(paymentId, 2677)
    expect(await take(OCTOBER)).toMatchObject({ ok: true, bills: 0 })
    expect(await take(READ_AGAIN)).toMatchObject({ ok: false, flaws: [{ reason: 'paid' }] })
    await giveBack(paymentId, 1)
    expect(await stored()).toEqual([['2026-10', 1, 2678, 'paid']])

    const files = await Promise.all([take(OCTOBER), take(OCTOBER)])
    expect(files.map((file) => file.ok && file.corrected).sort()).toEqual([0, 1])
    expect(await stored()).toEqual([['2026-10', 2, 2678, 'due']])
    const [anew, ...more] = await auditRows(town.database, 'issue-bill-anew')
    expect(anew?.auditId).toMatch(/^issue-anew:2026-10:2:/)
    expect(more).toEqual([])
    expect(await take(OCTOBER)).toMatchObject({ ok: true, bills: 0 })
    expect((await payAndPost()).item).toMatchObject({ duplicate: false })
    expect(await stored()).toEqual([['2026-10', 2, 2678, 'paid']])
    expect(await take(READ_AGAIN)).toMatchObject({ ok: false, flaws: [{ reason: 'paid' }] })
  })

  it('takes over that what it took back was paid at the counter, and asks for it no more', async () => {
    await take(OCTOBER)
    await moveIn()
    const { paymentId } = await payAndPost()
    await giveBack(paymentId, 2678)
    const paid = { ...OCTOBER, status: 'paid' }
    expect(await take(paid)).toMatchObject({ ok: true, bills: 1, corrected: 1 })
    expect(await stored()).toEqual([['2026-10', 2, 2678, 'paid']])
    for (const again of [paid, OCTOBER])
      expect(await take(again)).toMatchObject({ ok: true, bills: 0 })
    expect(await dueItems(town, RESIDENT)).toEqual([])
  })

  it('corrects what was given back whole, as it was read again', async () => {
    await take(OCTOBER)
    await moveIn()
    const { paymentId } = await payAndPost()
    await giveBack(paymentId, 2678)
    expect(await take(READ_AGAIN)).toMatchObject({ ok: true, bills: 1, corrected: 1 })
    expect((await dueItems(town, RESIDENT)).map((one) => one.amountSeen)).toEqual([3060])
  })

  it('takes over what was paid at the counter, and never makes a paid bill due', async () => {
    await take(OCTOBER)
    expect(await take({ ...OCTOBER, status: 'paid' })).toMatchObject({ ok: true, bills: 1 })
    expect(await stored()).toEqual([['2026-10', 1, 2678, 'paid']])
    expect(await take(OCTOBER)).toMatchObject({ ok: true, bills: 0 })
    expect(await stored()).toEqual([['2026-10', 1, 2678, 'paid']])
  })

  it('leaves alone what it does not carry: a suspended account stays suspended', async () => {
    await take(OCTOBER)
    await town.database.run(SUSPEND, [accountId])
    await take({ ...OCTOBER, holder: '李桂芳', people: '4', month: '2026-08' }, SEPTEMBER)
    const { database } = town
    const rows = await database.run<{ state: string; phone: string; people: number }>(
      statement(
        'test-account',
        'select state, phone_sealed as phone, people from account where account_id = $1',
      ),
      [accountId],
    )
    expect(rows).toEqual([{ state: 'suspended', phone: 'kept', people: 3 }])
  })

  it('keeps holder and address sealed, as its newest month says them', async () => {
    await take({ ...OCTOBER, holder: '李桂芳' }, SEPTEMBER)
    const account = await findAccount(town.database, town.ports.personalData, accountId)
    expect(account).toMatchObject({ holder: '李桂芳', address: '柳镇 桥东街 5 号' })
  })

  it('is judged anew when a payment took a bill in the meantime; what was seen is not written', async () => {
    await take(OCTOBER)
    await moveIn()
    const seen = await findBill(town.database, { accountId, billId: '2026-10' })
    if (seen === undefined) throw new Error('no bill')
    await start(town, RESIDENT)
    const bill = { ...seen, noticeOn: undefined, principal: seen.principalFen, revision: 2 }
    const file = { billerId: BILLER, accounts: [], bills: [{ accountId, bill, seen }] }
    const { database, personalData: keys } = town.ports
    expect(await importBillRows({ database, keys }, file, town.clock.now())).toBe('changed')
    expect(await stored()).toEqual([['2026-10', 1, 2678, 'due']])
  })
})
