import type { GeneralRefusal } from '../../../src/contract/call'
import { GENERAL_REFUSALS } from '../../../src/contract/call'
import { CALLS, type CallName } from '../../../src/contract/calls'
import { refusalOf } from '../../../src/miniapp/client/refusals'

const AT = Date.parse('2026-11-16T14:32:00+08:00')
const FORBIDDEN = /失败|系统繁忙|操作成功|请稍后重试|尊敬的用户|！|!|undefined|NaN|object/

describe('the table of refusals', () => {
  const everyRefusal = (Object.keys(CALLS) as CallName[]).flatMap((name) =>
    [...CALLS[name].refusals, ...GENERAL_REFUSALS, 'offline'].map((reason) => [name, reason]),
  ) as [CallName, GeneralRefusal][]

  it.each(everyRefusal)('%s, %s: has a sentence in both languages', (name, reason) => {
    const bare = refusalOf(name, reason).sentence({})
    expect(bare.zh).not.toMatch(FORBIDDEN)
    expect(bare.en).not.toMatch(FORBIDDEN)
    expect(bare.zh).toMatch(/[。？]|编号 /)
    expect(bare.en).toMatch(/[A-Z].*[a-z.?]$/)
  })

  it('says how many tries are left, in the same words for a wrong number and a wrong answer', () => {
    expect(refusalOf('look-up-account', 'no-match').sentence({ triesLeft: 8 }).zh).toBe(
      '户号或答案对不上。请对照纸质账单，两样都再看一遍。今天还可以试 8 次。',
    )
    expect(refusalOf('look-up-account', 'no-match').sentence({ triesLeft: 1 }).en).toContain(
      '1 try left today',
    )
  })

  it('says the new amount after a change', () => {
    const { sentence, again } = refusalOf('start-payment', 'amount-changed')
    expect(sentence({ amountDue: 24590 })).toEqual({
      zh: '金额变了：现在是 245.90 元。看一眼再付。',
      en: 'The amount is now 245.90. Please check, then pay.',
    })
    expect(again).toBe('now')
  })

  it('says who is paying and until when', () => {
    const { sentence } = refusalOf('start-payment', 'being-paid')
    expect(sentence({ payer: '姐姐', until: AT }).zh).toBe(
      '姐姐 正在支付，14:32 前有效。先不要付。',
    )
    expect(sentence({ until: AT }).en).toBe(
      'Another family member is paying, until 14:32. Do not pay now.',
    )
  })

  it('says from when to when a company takes no payments', () => {
    const { sentence } = refusalOf('start-payment', 'closed-window')
    const facts = {
      biller: { zh: '申江水务', en: 'Shenjiang Water' },
      until: Date.parse('2026-11-17T00:30:00+08:00'),
    }
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-17T00:10:00+08:00'))
    expect(sentence({ ...facts, from: Date.parse('2026-11-16T23:30:00+08:00') })).toEqual({
      zh: '申江水务 23:30 到 0:30 结账，不收款。0:30 以后再付。',
      en: 'Shenjiang Water takes no payments from 23:30 to 0:30. Pay after 0:30.',
    })
    expect(sentence(facts)).toEqual({
      zh: '申江水务正在结账，不收款。0:30 以后再付。',
      en: 'Shenjiang Water takes no payments now. Pay after 0:30.',
    })
    jest.restoreAllMocks()
  })

  it("names the neighbour and the log's id after a fault", () => {
    const biller = { zh: '申江水务', en: 'Shenjiang Water' }
    expect(refusalOf('get-bill', 'try-again').sentence({ biller, errorId: 'E7K2-40' }).zh).toBe(
      '申江水务没有回复。过一会儿再试。编号 E7K2-40',
    )
  })

  it('treats a reason of a newer cloud as "try again"', () => {
    const unheard = 'never-heard-of' as GeneralRefusal
    expect(refusalOf('get-bill', unheard)).toBe(refusalOf('get-bill', 'try-again'))
  })
})
