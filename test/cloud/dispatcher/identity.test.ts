import { readWeChatContext } from '../../../src/cloud/config'
import { dispatch } from '../../../src/cloud/dispatcher'
import { findPayments } from '../../../src/cloud/postgres/payments'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { callerFrom } from '../../../src/cloud/wechat/identity'
import { engineName } from '../../support/databases'
import { aPaymentId, CLERK, dueItems, SISTER, WANG } from '../../support/payer'
import { aTown, replyOf, type Town } from '../../support/town'

const APP = 'wx00000000wanjia01'

describe('who calls', () => {
  const environment = {
    WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID,WX_CLIENTIP',
    WX_OPENID: WANG,
    WX_APPID: APP,
    WX_CLIENTIP: '203.0.113.7',
  }

  it('is whom the platform names in the running event, with the address', () => {
    expect(callerFrom(readWeChatContext(environment), APP)).toEqual({
      openid: WANG,
      address: '203.0.113.7',
    })
  })

  it.each([
    ['left over from an event before', { ...environment, WX_CONTEXT_KEYS: 'WX_APPID' }],
    ['named by no event', { ...environment, WX_CONTEXT_KEYS: undefined }],
    ['empty', { ...environment, WX_OPENID: '' }],
    ['of another mini-program', { ...environment, WX_APPID: 'wx-else' }],
    ['of no mini-program', { ...environment, WX_CONTEXT_KEYS: 'WX_OPENID' }],
  ])('is nobody when the openid is %s', (_, left) => {
    expect(callerFrom(readWeChatContext(left), APP)).toBeUndefined()
  })
})

describe(`what an event says of itself on the ${engineName()} engine`, () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())
  const forged = {
    openid: SISTER,
    OPENID: SISTER,
    userInfo: { openId: SISTER },
    amount: 1,
    state: 'paid',
  }

  it('changes neither payer nor amount nor state of a payment', async () => {
    const items = await dueItems(town, WANG, 'shenjiang-water')
    const paymentId = aPaymentId()
    const request = {
      paymentId,
      items: items.map((item) => ({ ...item, amount: 1, principal: 1, billerId: 'jinghua-power' })),
      ...forged,
    }
    const started = await dispatch(
      { ports: town.ports, log: town.ports.log },
      { openid: WANG },
      { call: 'start-payment', request, ...forged },
    )
    expect(started).toMatchObject({ ok: true, reply: { state: 'awaiting', amount: 7590 } })
    const ids = [WANG, SISTER].map((openid) =>
      derivePaymentId(town.ports.personalData, openid, paymentId),
    )
    const payments = await findPayments(town.database, ids)
    expect([...payments.values()]).toMatchObject([
      { openid: WANG, amountFen: 7590, state: 'awaiting', paidAt: null },
    ])
  })

  it('opens nobody else’s accounts and gives nobody a desk', async () => {
    const dispatched = (call: string, request: object) =>
      dispatch(
        { ports: town.ports, log: town.ports.log },
        { openid: 'o-stranger' },
        { call, request: { ...request, openid: CLERK, staffId: `staff-${CLERK}` }, openid: CLERK },
      )
    expect(await dispatched('list-accounts', {})).toMatchObject({
      ok: true,
      reply: { accounts: [] },
    })
    expect(await dispatched('check-receipt', { receiptNumber: 'WJ26' })).toEqual({
      ok: false,
      reason: 'not-allowed',
    })
    expect(replyOf(await town.call(WANG, 'get-me', {})).staff).toBeUndefined()
  })
})
