import { inviteStaff, revokeStaff } from '../../../src/cloud/postgres/staff'
import { auditRows } from '../../support/audit-rows'
import { engineName } from '../../support/databases'
import { CLERK, pay, SISTER, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const WATER = { billerId: 'shenjiang-water', accountNumber: '310407300C', answer: '兰' }
const DAY_MS = 24 * 3_600_000

describe(`the audit on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(() => town.close())
  const rows = (act: string) => auditRows(town.database, act)
  const lookUp = (openid: string, change: Partial<typeof WATER> = {}) =>
    town.call(openid, 'look-up-account', { ...WATER, ...change })

  it('has a row for each right and each wrong answer, under the account, also when there is none', async () => {
    await lookUp('o-a', { answer: '花' })
    const { accountId } = replyOf(await lookUp('o-a'))
    await lookUp('o-a', { accountNumber: '999999999Z' })
    expect(await rows('look-up-account')).toMatchObject([{ subjectId: accountId, actor: 'o-a' }])
    const wrong = await rows('wrong-answer')
    expect(wrong).toMatchObject([{ actor: 'o-a' }, { actor: 'o-a' }])
    expect(new Set(wrong.map((row) => row.subjectId)).size).toBe(2)
    expect(wrong.map((row) => row.subjectId)).toContain(accountId)
  })

  it('has a row for each binding and unbinding, and none for one that was refused', async () => {
    const { accountId } = replyOf(await lookUp('o-b'))
    const binding = { accountId, label: '水', household: '我家' }
    await town.call('o-stranger', 'bind-account', binding)
    replyOf(await town.call('o-b', 'bind-account', binding))
    replyOf(await town.call('o-b', 'unbind-account', { accountId }))
    await town.call('o-b', 'unbind-account', { accountId })
    replyOf(await town.call('o-b', 'bind-account', binding))
    const one = { subjectId: 'o-b', actor: 'o-b', reason: accountId }
    expect(await rows('bind-account')).toMatchObject([one, one])
    expect(await rows('unbind-account')).toMatchObject([one])
  })

  it('refuses the thirty-first account, and writes nothing', async () => {
    const { accountId } = replyOf(await lookUp('o-many'))
    for (let index = 0; index < 30; index += 1) {
      await town.database.run({
        name: `test-binding-${index}`,
        text: `insert into binding values ('o-many', 'account-${index}', '水', '我家', now())`,
      })
    }
    const binding = { accountId, label: '水', household: '我家' }
    expect(await town.call('o-many', 'bind-account', binding)).toMatchObject({
      reason: 'too-many-accounts',
    })
    expect(await rows('bind-account')).toEqual([])
  })

  it('has one row per resident, account and day for looks at one’s own accounts', async () => {
    const { accounts } = replyOf(await town.call(WANG, 'list-accounts', {}))
    const accountId = accounts[0]?.accountId ?? ''
    await town.pass(3_600_000)
    replyOf(await town.call(WANG, 'list-accounts', {}))
    replyOf(await town.call(WANG, 'get-account', { accountId }))
    expect(await rows('view-account')).toHaveLength(6)
    await town.call(SISTER, 'get-account', { accountId })
    expect(await rows('view-account')).toHaveLength(6)
    await town.pass(DAY_MS)
    replyOf(await town.call(WANG, 'get-account', { accountId }))
    const views = await rows('view-account')
    expect(views).toHaveLength(7)
    expect(views.at(-1)).toMatchObject({ subjectId: accountId, actor: WANG })
  })

  it('has that row, too, when a bill, a quote or a receipt shows the account', async () => {
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    const { accounts } = replyOf(await town.call(WANG, 'list-accounts', {}))
    const bound = accounts.find(({ bills }) => bills.length > 0)
    const ref = { accountId: bound?.accountId ?? '', billId: bound?.bills[0]?.billId ?? '' }
    const [receipt] = replyOf(await town.call(WANG, 'list-receipts', { paymentId })).rows
    const receiptNumber = receipt?.receiptNumber ?? ''
    for (const look of [
      () => town.call(WANG, 'get-bill', ref),
      () => town.call(WANG, 'quote-payment', { bills: [ref] }),
      () => town.call(WANG, 'get-receipt', { receiptNumber }),
    ]) {
      await town.pass(DAY_MS)
      const before = await rows('view-account')
      expect((await look()).ok).toBe(true)
      const [view, ...more] = (await rows('view-account')).slice(before.length)
      expect(view).toMatchObject({ actor: WANG })
      expect(more).toEqual([])
    }
  })

  it('has a row for each invitation to a desk and for its end', async () => {
    const member = {
      staffId: 's-9',
      billerId: 'pujiang-gas',
      openid: 'o-new',
      displayName: '周*',
      role: 'clerk' as const,
    }
    const now = town.clock.now()
    expect(await inviteStaff(town.database, member, now)).toBe(true)
    expect(await inviteStaff(town.database, member, now)).toBe(true)
    expect(await inviteStaff(town.database, { ...member, openid: 'o-else' }, now)).toBe(false)
    expect(await revokeStaff(town.database, 's-9', now)).toBe(true)
    expect(await revokeStaff(town.database, 's-9', now)).toBe(false)
    expect(await inviteStaff(town.database, member, now)).toBe(false)
    expect((await rows('invite-staff')).filter((row) => row.subjectId === 's-9')).toMatchObject([
      { actor: 'operator', reason: 'clerk' },
    ])
    expect(await rows('revoke-staff')).toMatchObject([{ subjectId: 's-9', actor: 'operator' }])
  })

  it('has a row for the print of a receipt and for each further one', async () => {
    const { paymentId } = await pay(town, WANG, 'jinghua-power')
    const [receipt] = replyOf(await town.call(WANG, 'list-receipts', { paymentId })).rows
    const receiptNumber = receipt?.receiptNumber ?? ''
    for (const again of [false, true, true]) {
      await town.pass(1_000)
      expect(replyOf(await town.call(CLERK, 'print-receipt', { receiptNumber })).again).toBe(again)
    }
    const clerks = { actor: `staff-${CLERK}` }
    expect(await rows('print-receipt')).toMatchObject([clerks])
    expect(await rows('print-receipt-again')).toMatchObject([clerks, clerks])
  })

  it('has every step of the money, and the end of a payment that was not made', async () => {
    await start(town, WANG, 'jinghua-power')
    await town.pass(16 * 60_000)
    await town.jobs()
    await pay(town, SISTER, 'jinghua-power')
    const [paid] = await rows('record-paid')
    for (const act of ['begin-posting', 'finish-posting'])
      expect(await rows(act)).toMatchObject([{ subjectId: paid?.subjectId }])
    expect(await rows('credit-bill')).toMatchObject([{ actor: paid?.subjectId }])
    expect(await rows('close-payment')).toHaveLength(1)
    expect(await rows('start-payment')).toMatchObject([{ actor: WANG }, { actor: SISTER }])
  })

  it('holds no name, no number and no address of a holder', async () => {
    replyOf(await lookUp('o-c'))
    await lookUp('o-c', { answer: '花' })
    await town.call(WANG, 'list-accounts', {})
    const text = JSON.stringify(
      await town.database.run({ name: 'test-all-audit', text: 'select * from audit' }),
    )
    for (const personal of ['310407300', '310407216', '玉兰', '愚园路', '张'])
      expect(text).not.toContain(personal)
  })
})
