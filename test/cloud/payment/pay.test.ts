import { engineName } from '../../support/databases'
import { expectLawsHold } from '../../support/money-laws'
import { aPaymentId, dueItems, pay, paymentOf, SISTER, start, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

describe(`a payment on the ${engineName()} engine`, () => {
  let town: Town
  beforeEach(async () => {
    town = await aTown()
  })
  afterEach(async () => {
    await expectLawsHold(town.database)
    await town.close()
  })

  it('pays three companies at once: settled, credited, posted, with a receipt each', async () => {
    const amounts = (await dueItems(town, WANG)).map((item) => item.amountSeen)
    expect(amounts).toEqual([7590, 4094, 4200, 24565, 9000])
    const { paymentId, started } = await pay(
      town,
      WANG,
      'shenjiang-water',
      'shencheng-power',
      'jinghua-power',
    )
    expect(started).toMatchObject({ state: 'awaiting', amount: 7590 + 4094 + 24565 })
    const paid = await paymentOf(town, WANG, paymentId)
    expect(paid.state).toBe('paid')
    expect(paid.items.map((item) => item.state)).toEqual(['posted', 'posted', 'posted'])
    expect(paid.items[0]?.trail.map((step) => step.kind)).toEqual([
      'wechat',
      'settled',
      'posted',
      'matched',
    ])
    expect(replyOf(await town.call(WANG, 'list-receipts', { paymentId })).rows).toHaveLength(3)
    expect(town.weChatPay.shipments()).toEqual([])
    await town.jobs()
    expect(town.weChatPay.shipments()).toHaveLength(3)
    expect(await dueItems(town, WANG)).toHaveLength(2)
    expect(town.log.filter((entry) => entry.level !== 'info')).toEqual([])
  })

  it('pays a direct merchant by an order of its own', async () => {
    const { paymentId } = await pay(town, WANG, 'pujiang-gas')
    expect((await paymentOf(town, WANG, paymentId)).items[0]?.state).toBe('posted')
    expect(town.weChatPay.orders()[0]).toMatchObject({ kind: 'direct', state: 'SUCCESS' })
  })

  it('a second notice for the same payment changes nothing', async () => {
    town.weChatPay.faults.next('noticeDoubled')
    const { paymentId } = await pay(town, WANG, 'shenjiang-water')
    const before = await paymentOf(town, WANG, paymentId)
    await town.pass(2_000)
    expect(town.weChatPay.notices.sent()).toHaveLength(2)
    expect(await paymentOf(town, WANG, paymentId)).toEqual(before)
  })

  it('finds a payment by asking when its notice is lost for ever', async () => {
    town.weChatPay.faults.set({ noticeLost: 1 })
    const { paymentId } = await pay(town, WANG, 'shenjiang-water')
    expect((await paymentOf(town, WANG, paymentId)).state).toBe('awaiting')
    await town.pass(40_000)
    await town.jobs()
    expect((await paymentOf(town, WANG, paymentId)).items[0]?.state).toBe('posted')
  })

  it('asks at once when the phone comes back, and believes WeChat, not the phone', async () => {
    town.weChatPay.faults.set({ noticeLost: 1 })
    const { paymentId, prepayId } = await start(town, WANG, 'shenjiang-water')
    expect((await paymentOf(town, WANG, paymentId, true)).state).toBe('awaiting')
    town.weChatPay.tap(prepayId, 'paid')
    expect((await paymentOf(town, WANG, paymentId, true)).state).toBe('paid')
  })

  it('resumes the same payment after a cancel, with parameters signed afresh', async () => {
    const { paymentId, items, started, prepayId } = await start(town, WANG, 'shenjiang-water')
    town.weChatPay.tap(prepayId, 'cancel')
    expect((await paymentOf(town, WANG, paymentId, true)).state).toBe('awaiting')
    await town.pass(1_000)
    const again = replyOf(await town.call(WANG, 'start-payment', { paymentId, items }))
    expect(again.pay?.package).toBe(started.pay?.package)
    expect(again.pay?.paySign).not.toBe(started.pay?.paySign)
    expect(town.weChatPay.orders()).toHaveLength(1)
  })

  it('tells the second device and the family who is paying, and until when', async () => {
    const { paymentId, started } = await start(town, WANG, 'jinghua-power')
    const mine = replyOf(await town.call(WANG, 'list-accounts', {})).accounts.find(
      (one) => one.billerId === 'jinghua-power',
    )
    expect(mine?.bills[0]?.standing).toMatchObject({
      kind: 'paying',
      mine: true,
      paymentId,
      until: started.expiresAt,
    })
    const sisters = replyOf(await town.call(SISTER, 'list-accounts', {})).accounts.find(
      (one) => one.billerId === 'jinghua-power',
    )
    expect(sisters?.bills[0]?.standing).toEqual({
      kind: 'paying',
      mine: false,
      payer: '妹妹',
      until: started.expiresAt,
    })
  })

  it('is closed only after WeChat has closed the order, and the bill is due again', async () => {
    const { paymentId } = await start(town, WANG, 'jinghua-power')
    await town.pass(16 * 60_000)
    await town.jobs()
    expect((await paymentOf(town, WANG, paymentId)).state).toBe('closed')
    expect(town.weChatPay.orders()[0]?.state).toBe('CLOSED')
    expect(await dueItems(town, SISTER, 'jinghua-power')).toHaveLength(1)
  })

  it('success after our close is still money, and a second payer’s item is kept for a refund', async () => {
    const first = await start(town, WANG, 'jinghua-power')
    await town.pass(16 * 60_000)
    await town.jobs()
    const second = await pay(town, SISTER, 'jinghua-power')
    town.weChatPay.payLate(town.weChatPay.orders()[0]?.number ?? '')
    await town.pass(1_000)
    const late = await paymentOf(town, WANG, first.paymentId)
    expect(late.state).toBe('paid')
    expect(late.items[0]).toMatchObject({ state: 'unposted', duplicate: true })
    expect((await paymentOf(town, SISTER, second.paymentId)).items[0]?.state).toBe('posted')
    expect(town.neighbours.billers.get('jinghua-power')?.books.credits()).toHaveLength(1)
  })

  it('a lost answer to the order is repeated with the same number', async () => {
    town.weChatPay.faults.next('answerLost')
    const { paymentId } = await pay(town, WANG, 'shenjiang-water')
    expect((await paymentOf(town, WANG, paymentId)).state).toBe('paid')
    expect(town.weChatPay.orders()).toHaveLength(1)
  })

  it('says try again with an error id when WeChat stays down, and the same call later succeeds', async () => {
    town.weChatPay.faults.set({ serverError: 1 })
    const items = await dueItems(town, WANG, 'shenjiang-water')
    const request = { paymentId: aPaymentId(), items }
    const answer = await town.call(WANG, 'start-payment', request)
    expect(answer).toMatchObject({ ok: false, reason: 'try-again' })
    const errorId = answer.ok ? '' : answer.details?.errorId
    expect(town.log.some((entry) => entry.errorId === errorId)).toBe(true)
    town.weChatPay.faults.set({ serverError: 0 })
    expect(replyOf(await town.call(WANG, 'start-payment', request)).state).toBe('awaiting')
  })
})
