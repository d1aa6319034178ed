import { readFact } from '../../../src/cloud/wechat/order-facts'

const PAID_AT = '2026-11-16T14:16:30+08:00'
const amount = { total: 500, payer_total: 500, currency: 'CNY', payer_currency: 'CNY' }
const paid = { trade_state: 'SUCCESS', transaction_id: '4200000001', success_time: PAID_AT }
const number = { out_trade_no: '01ARZ3NDEKTSV4RRFFQ69G5FAV01' }

const direct = {
  ...{ appid: 'wx-1', mchid: '1900000301', payer: { openid: 'o-1' } },
  ...{ ...number, ...paid, amount },
}
const partner = {
  ...{ sp_appid: 'wx-1', sp_mchid: '1900000100', sub_mchid: '1900000203' },
  ...{ payer: { sp_openid: 'o-1', sub_openid: 'o-other' }, ...number, ...paid, amount },
}
const part = (no: number, payee: string) => ({
  ...{ mchid: '1900000100', sub_mchid: payee, out_trade_no: `SUB-000${no}`, ...paid },
  amount: { total_amount: 500, payer_amount: 400, currency: 'CNY' },
})
const combined = {
  ...{ combine_appid: 'wx-1', combine_mchid: '1900000100', combine_out_trade_no: 'WHOLE-01' },
  combine_payer_info: { openid: 'o-1' },
  sub_orders: [part(1, '1900000203'), part(2, '1900000204')],
}

describe('what WeChat writes of an order', () => {
  it.each([
    ['direct', direct, '1900000301', ['1900000301']],
    ['partner', partner, '1900000100', ['1900000203']],
    ['combined', combined, '1900000100', ['1900000203', '1900000204']],
  ])('%s, paid: by whom, to whom, how much and when', (_, body, merchantId, payees) => {
    const read = readFact(body)
    expect(read).toMatchObject({
      merchantId,
      fact: { state: 'paid', appid: 'wx-1', openid: 'o-1' },
    })
    expect(read?.fact.parts.map((one) => one.payeeId)).toEqual(payees)
    for (const one of read?.fact.parts ?? [])
      expect(one).toMatchObject({ amount: 500, paidAt: Date.parse(PAID_AT) })
  })

  it.each<[string, object]>([
    ['a direct one without a payer', { ...direct, payer: undefined }],
    ['a direct one with a provider’s payer', { ...direct, payer: { sp_openid: 'o-1' } }],
    ['a provider’s without a payer', { ...partner, payer: {} }],
    ['a provider’s with only the utility’s payer', { ...partner, payer: { sub_openid: 'o-1' } }],
    ['a combined one without a payer', { ...combined, combine_payer_info: {} }],
    ['one without an amount', { ...direct, amount: undefined }],
    ['one in no currency', { ...direct, amount: { total: 500, payer_total: 500 } }],
    ['one in another currency', { ...direct, amount: { ...amount, currency: 'USD' } }],
    ['one that gave back', { ...direct, amount: { ...amount, payer_total: -1 } }],
    ['one without a transaction', { ...partner, transaction_id: undefined }],
    ['one at no time', { ...partner, success_time: 'yesterday' }],
  ])('%s is not believed when it says paid', (_, body) => {
    expect(readFact(body)).toBeUndefined()
  })

  it.each(['NOTPAY', 'USERPAYING', 'CLOSED', 'REVOKED'])(
    'as %s needs none of that, and proves no money',
    (trade_state) => {
      const { payer: _, amount: __, transaction_id: ___, success_time: ____, ...bare } = partner
      expect(readFact({ ...bare, trade_state })?.fact.parts).toEqual([])
    },
  )

  it('refunded by hand, was paid first', () => {
    expect(readFact({ ...direct, trade_state: 'REFUND' })?.fact.state).toBe('paid')
  })

  it('paid in one part alone, is neither paid nor closed', () => {
    const [first, second] = combined.sub_orders
    for (const trade_state of ['NOTPAY', 'CLOSED']) {
      const mixed = { ...combined, sub_orders: [first, { ...second, trade_state }] }
      expect(readFact(mixed)?.fact).toMatchObject({ state: 'not-paid', parts: [] })
    }
  })

  it.each([
    ['nothing', null],
    ['no number', { ...direct, out_trade_no: undefined }],
    ['a state that there is not', { ...direct, trade_state: 'PERHAPS' }],
    ['an amount in yuan', { ...direct, amount: { ...amount, total: 5.5 } }],
    ['no parts', { ...combined, sub_orders: [] }],
    [
      'a part of another provider',
      {
        ...combined,
        sub_orders: [{ ...part(1, '1900000203'), mchid: '1900009999' }],
      },
    ],
  ])('%s is no order', (_, body) => {
    expect(readFact(body)).toBeUndefined()
  })
})
