import { payableBills } from '../../../src/cloud/use-cases/payable-bills'
import { engineName } from '../../support/databases'
import { dueItems, NEWCOMER, WANG } from '../../support/payer'
import { aTown, type Town } from '../../support/town'

describe(`the bills that somebody wants to pay, on the ${engineName()} engine`, () => {
  let town: Town
  beforeAll(async () => {
    town = await aTown()
  })
  afterAll(() => town.close())

  const asked = (openid: string, refs: { accountId: string; billId: string }[]) =>
    payableBills(town.ports, { openid }, refs)

  it('come in the order in which they are asked for, each with its own account and label', async () => {
    const [power] = await dueItems(town, WANG, 'jinghua-power')
    const [water] = await dueItems(town, WANG, 'yanjing-water')
    if (power === undefined || water === undefined) throw new Error('both are due')
    for (const refs of [
      [power, water],
      [water, power],
    ]) {
      const bills = await asked(WANG, refs)
      expect(bills?.map(({ bill }) => bill.accountId)).toEqual(refs.map((ref) => ref.accountId))
      for (const { bill, account, binding } of bills ?? [])
        expect([account.accountId, binding.accountId]).toEqual([bill.accountId, bill.accountId])
    }
  })

  it('are none when one of them is not there, or is of an account of somebody else', async () => {
    const [power] = await dueItems(town, WANG, 'jinghua-power')
    if (power === undefined) throw new Error('it is due')
    expect(await asked(WANG, [power, { ...power, billId: 'no such bill' }])).toBeUndefined()
    expect(await asked(WANG, [{ ...power, billId: 'no such bill' }])).toBeUndefined()
    expect(await asked(NEWCOMER, [power])).toBeUndefined()
  })
})
