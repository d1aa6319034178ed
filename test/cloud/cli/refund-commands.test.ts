import { tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { fen } from '../../../src/core/money'
import { engineName } from '../../support/databases'
import { seatTwo } from '../../support/desks'
import { pay, WANG } from '../../support/payer'
import { runIn } from '../../support/run-command'
import { aTown, type Town } from '../../support/town'

const POWER = 'jinghua-power'

describe(`money that people give back by command, on the ${engineName()} engine`, () => {
  let town: Town
  let id: string
  beforeEach(async () => {
    town = await aTown()
    await seatTwo(town, POWER)
    const { paymentId } = await pay(town, WANG, POWER)
    id = derivePaymentId(town.ports.personalData, WANG, paymentId)
  })
  afterEach(() => town.close())

  const run = (name: string, ...words: string[]) => runIn(town, name, ...words)
  /** As somebody does on the merchant platform. */
  const giveByHand = async (amount: number) => {
    const [share] = town.weChatPay.orders()[0]?.shares ?? []
    town.weChatPay.refundByHand(share?.transactionId ?? '', fen(amount))
    await town.pass(60_000)
  }

  it('is asked for by one person and approved by another', async () => {
    expect(await run('refunds list')).toBe('there is none')
    expect(await run('refunds ask', 'li', id, '1', '100.00', 'moved', 'out')).toBe(
      'refund 101 of 100.00 waits for another person’s approval',
    )
    expect(await run('refunds list')).toMatch(
      new RegExp(
        `^${id}  101  item 1  100\\.00  requested  before the biller’s reversal  asked by li`,
      ),
    )
    await expect(run('refunds approve', 'li', id, '101')).rejects.toThrow('only a supervisor')
    expect(await run('refunds approve', 'zhao', id, '101')).toBe('refund 101 is approved')
    await expect(run('refunds decline', 'zhao', id, '101', 'no')).rejects.toThrow(
      'WeChat did not refuse it',
    )
    expect(await run('refunds ask', 'li', id, '1', '1.00', 'again')).toContain('refund 102')
    expect(await run('refunds decline', 'zhao', id, '102', 'not owed')).toBe(
      'refund 102 is declined',
    )
    expect(await run('refunds list', id)).toContain('again; declined: not owed')
  })

  it.each([
    ['refunds ask', ['li', 'ID', '1', 'much', 'why'], 'an amount is written 12.30'],
    ['refunds ask', ['li', 'ID', 'one', '1.00', 'why'], 'an item is named by its number'],
    ['refunds ask', ['li', 'ID', '1', '1.00'], 'say why'],
    ['refunds ask', ['li', 'nobody', '1', '1.00', 'why'], 'there is no such payment'],
    ['refunds ask', ['li', 'ID', '1', '1000.00', 'why'], 'more than is left of it'],
    ['refunds approve', ['zhao', 'ID', 'first'], 'a refund is named by its number'],
    ['refunds decline', ['zhao', 'ID', '101'], 'say why'],
    ['refunds settle', ['li', 'ID', '101', 'kept'], 'say why'],
    ['refunds settle', ['li', 'ID', '101', 'reversed'], 'say under which number'],
    ['refunds settle', ['li', 'ID', '101', 'lost', 'it'], 'a credit is reversed or kept'],
    ['refunds settle', ['li', 'ID', '101', 'kept', 'by', 'grace'], 'no credit of such a refund'],
  ])('%s %j is refused: %s', async (name, words, why) => {
    const named = words.map((word) => (word === 'ID' ? id : word))
    await expect(run(name, ...named)).rejects.toThrow(why)
  })

  it('is settled with the biller where it was given back by hand', async () => {
    await giveByHand(100)
    await expect(run('refunds settle', 'nobody', id, '101', 'kept', 'why')).rejects.toThrow(
      'only the staff',
    )
    expect(await run('refunds list', id)).toContain('before the biller’s reversal')
    const reversed = ['refunds settle', 'li', id, '101', 'reversed', 'B-1'] as const
    expect(await run(...reversed)).toBe('refund 101 is settled with the biller: reversed')
    expect(await run(...reversed)).toBe('refund 101 is settled with the biller: reversed')
    expect(await run('refunds list', id)).not.toContain('before the biller’s reversal')
    expect(await tasksOfPersons(town.database, 10)).toEqual([])
  })
})
