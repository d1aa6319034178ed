import { type Payee, payeeId, planOrders } from '../../src/core/order-plan'

const partner = (subMchid: string, mchid = '1900000100'): Payee => ({
  mode: 'partner',
  mchid,
  subMchid,
})
const direct = (mchid: string): Payee => ({ mode: 'direct', mchid })
const planned = (...payees: Payee[]) =>
  planOrders(payees.map((payee, index) => ({ key: `k${index}`, billerId: 'b', payee })))
const times = (count: number, payee: (index: number) => Payee) =>
  Array.from({ length: count }, (_, index) => payee(index))

describe('which items join one payment', () => {
  test.each<[string, Payee[], string[][][]]>([
    ['one payee in one order', [partner('1'), partner('1')], [[['k0', 'k1']]]],
    ['payees of one provider side by side', [partner('1'), partner('2')], [[['k0'], ['k1']]]],
    ['another provider apart', [partner('1'), partner('1', '1900000200')], [[['k0']], [['k1']]]],
    ['another merchant apart', [direct('1'), direct('2')], [[['k0']], [['k1']]]],
    [
      'a merchant that is a provider, too, apart',
      [direct('1900000100'), partner('1')],
      [[['k0']], [['k1']]],
    ],
    [
      'twelve items, the thirteenth apart',
      times(13, () => partner('1')),
      [[times(12, () => partner('')).map((_, index) => `k${index}`)], [['k12']]],
    ],
    [
      'ten payees, the eleventh apart',
      times(11, (index) => partner(`${index}`)),
      [times(10, () => partner('')).map((_, index) => [`k${index}`]), [['k10']]],
    ],
    [
      'ten payees and a further item of one of them',
      [...times(10, (index) => partner(`${index}`)), partner('3')],
      [
        times(10, () => partner('')).map((_, index) =>
          index === 3 ? ['k3', 'k10'] : [`k${index}`],
        ),
      ],
    ],
  ])('%s', (_, payees, keys) => {
    expect(planned(...payees).map((plan) => plan.groups.map((group) => group.keys))).toEqual(keys)
  })

  test('a plan says who orders, how, and of which kind', () => {
    const [together, alone] = planned(partner('1'), partner('2'), direct('1900000301'))
    expect(together).toMatchObject({ mode: 'partner', initiator: '1900000100', kind: 'combined' })
    expect(alone).toMatchObject({ mode: 'direct', initiator: '1900000301', kind: 'ordinary' })
  })

  test('the money goes to the sub-merchant, or to the merchant itself', () => {
    expect(payeeId(partner('1600000001'))).toBe('1600000001')
    expect(payeeId(direct('1900000301'))).toBe('1900000301')
  })
})
