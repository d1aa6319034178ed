import { act, fireEvent, render, screen } from '@testing-library/react'
import { fen } from '../../../src/core/money'
import { choose } from '../../../src/miniapp/client/modes/choices'
import Check from '../../../src/miniapp/packages/clerk/check'
import Eight from '../../../src/miniapp/packages/clerk/eight'
import {
  aCheck,
  aCheckedReceipt,
  cloudAnswers,
  LOOKED_AT,
  NUMBER,
  noNetwork,
  ok,
  PAID_AT,
  withoutPosting,
} from '../../support/list-replies'
import { phone, resetPhone } from '../../support/taro-double'

/** 245.65 yuan to Jinghua Power for October, sealed under key r1. */
const CODE = [
  'WJ1:RRQN29P60AO0SJE8CKSWCG80L334H99%6%96/96AW5ZM92Y93B7M7B3W5DR6+Q8K$DZEDC3D',
  'Y$EMX554E5$CDJ0CL6:96FN0300H/20T0J:BVY0L60I+0QND6CK831KP3NF66468466:6*96846D',
  '%6%96G%6QW6IA70:6%96ZR68784.0EXUV7M.F9*YU+OG$OTP-GXB7MDSLO16*596SLBL891K1W68',
  '3+9TQCB6*8L8CMFJ$:E8AR*.HBJ4NP5S.3S-OPM464H70',
].join('')
const KEYS = {
  keys: [
    { id: 'r1', publicKeyHex: 'ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c' },
  ],
}
const BILLERS = {
  cities: [
    {
      id: 'yanjing',
      names: { zh: '燕京', en: 'Yanjing' },
      billers: [
        {
          id: 'jinghua-power',
          names: { zh: '京华供电', en: 'Jinghua Power' },
          service: 'electricity',
        },
      ],
    },
  ],
}
type More = {
  finalBy?: number
  undoUntil?: number
  state?: 'rejected' | 'undone'
  duplicate?: boolean
}
const unposted = (more: More = {}) => ({
  verdict: more.state !== undefined || more.duplicate === true ? 'returning' : 'unposted',
  receipt: { ...withoutPosting(aCheckedReceipt({ state: 'unposted' })), ...more },
  asOf: LOOKED_AT,
})
const TOMORROW = Date.parse('2026-11-17T11:00:00+08:00')

const desk = (check: () => unknown) => {
  cloudAnswers({
    'list-receipt-keys': () => ok(KEYS),
    'list-billers': () => ok(BILLERS),
    'check-receipt': check,
    'print-receipt': () => ok({ printedAt: LOOKED_AT, printedBy: '李* · 柜员 017', again: false }),
  })
  return render(<Check />)
}
const tap = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))
const checksOf = () =>
  phone.events.filter(({ call }) => call === 'check-receipt').map(({ request }) => request)

beforeEach(() => {
  resetPhone()
  phone.scan = { result: CODE }
  choose({ language: 'zh' })
})

describe('the clerk’s check', () => {
  it('says one word, why, and the facts', async () => {
    desk(() => ok(aCheck('posted')))
    await tap('扫收据上的码')
    expect(screen.getByRole('status').getAttribute('aria-label')).toBe(
      '已销账。收据是真的，钱已记到户号',
    )
    expect(screen.getByText('245.65 元')).toBeTruthy()
    expect(screen.getByText('…3317 · 王**')).toBeTruthy()
    expect(screen.getByText('京华供电 · 电费 2026-10')).toBeTruthy()
    expect(screen.getByText('都没有（14:45 查）')).toBeTruthy()
  })

  it('takes the last person’s verdict away as soon as the next scan begins', async () => {
    let answer: (answer: unknown) => void = () => undefined
    let answers = 0
    desk(() => {
      answers += 1
      if (answers === 1) return ok(aCheck('posted'))
      return new Promise((resolve) => {
        answer = resolve
      })
    })
    await tap('扫收据上的码')
    expect(screen.getByText('已销账')).toBeTruthy()
    await tap('扫下一张')
    expect(screen.queryByText('已销账')).toBeNull()
    await act(async () => answer({ ok: false, reason: 'try-again', details: { errorId: 'E7' } }))
    expect(screen.queryByText('已销账')).toBeNull()
    expect(screen.getByText('服务器没有回复。过一会儿再试。')).toBeTruthy()
  })

  it('takes it away while a typed number is looked up', async () => {
    let isFirst = true
    desk(() => (isFirst ? ok(aCheck('posted')) : new Promise(() => undefined)))
    await tap('扫收据上的码')
    isFirst = false
    fireEvent.change(screen.getByPlaceholderText('WJ26-1116-…'), { target: { value: NUMBER } })
    await tap('核对')
    expect(checksOf()).toHaveLength(2)
    expect(screen.queryByText('已销账')).toBeNull()
  })

  it('takes it away, too, when the camera is closed again, and from the page of eight', async () => {
    desk(() => ok(aCheck('posted')))
    await tap('扫收据上的码')
    phone.scan = new Error('cancel')
    await tap('扫下一张')
    expect(screen.queryByText('已销账')).toBeNull()
    render(<Eight />)
    expect(screen.getByText('还没有核对过收据。')).toBeTruthy()
  })

  it('after a failure checks the same receipt again', async () => {
    let answers = 0
    desk(() => {
      answers += 1
      return answers === 1 ? { ok: false, reason: 'try-again' } : ok(aCheck('posted'))
    })
    await tap('扫收据上的码')
    await tap('再试一次')
    expect(screen.getByText('已销账')).toBeTruthy()
    expect(checksOf()).toEqual([{ code: CODE }, { code: CODE }])
  })

  it('lets a number be typed, also after a verdict', async () => {
    desk(() => ok(aCheck('posted')))
    await tap('扫收据上的码')
    fireEvent.change(screen.getByPlaceholderText('WJ26-1116-…'), { target: { value: NUMBER } })
    await tap('核对')
    expect(checksOf()).toEqual([{ code: CODE }, { receiptNumber: NUMBER }])
    expect(screen.getByText('已销账')).toBeTruthy()
  })

  it.each([
    ['rejected', { state: 'rejected' }, '收据是真的，但公司没有收这笔，钱要退回，不能当缴费证明'],
    ['undone', { state: 'undone' }, '收据是真的，但付款人自己收回了，钱要退回，不能当缴费证明'],
    [
      'doubled',
      { duplicate: true },
      '收据是真的，但这张账单付了两次，这一笔要退回，不能当缴费证明',
    ],
  ] as const)('of a %s payment says that it is no proof', async (_, more, sentence) => {
    const { container } = desk(() => ok(unposted(more)))
    await tap('扫收据上的码')
    expect(screen.getByText('退回中')).toBeTruthy()
    expect(screen.getByText(sentence)).toBeTruthy()
    expect(screen.getByText('还没退（14:45 查）')).toBeTruthy()
    expect(container.querySelector('.verdict.no')).not.toBeNull()
    expect(screen.queryByText(/不要停供/)).toBeNull()
    expect(screen.queryByRole('button', { name: '打印一次' })).toBeNull()
  })

  it('of refunded money shows the amount that went back, and no "neither"', async () => {
    desk(() => ok(aCheck('refunded', { refunded: fen(9_000) })))
    await tap('扫收据上的码')
    expect(screen.getByText('90.00 元')).toBeTruthy()
    expect(screen.queryByText(/都没有/)).toBeNull()
  })

  it('says by when an unposted one has a result, and asks again', async () => {
    let posted = false
    desk(() => ok(posted ? aCheck('posted') : unposted({ finalBy: TOMORROW })))
    await tap('扫收据上的码')
    expect(screen.getByText('收据是真的，公司还没销账。请不要停供')).toBeTruthy()
    expect(screen.getByText('最晚有结果')).toBeTruthy()
    expect(screen.getByText('11-17 11:00')).toBeTruthy()
    posted = true
    await tap('再问公司一次')
    expect(screen.getByText('已销账')).toBeTruthy()
    expect(checksOf()).toEqual([{ code: CODE }, { code: CODE }])
  })

  it('says until when who paid can take it back', async () => {
    desk(() => ok(unposted({ finalBy: TOMORROW, undoUntil: LOOKED_AT + 5 * 60_000 })))
    await tap('扫收据上的码')
    expect(screen.getByText('付款人可以收回')).toBeTruthy()
    expect(screen.getByText('14:50 前')).toBeTruthy()
    expect(screen.getByText('11-17 11:00')).toBeTruthy()
  })

  it('does not promise a moment that has passed', async () => {
    desk(() => ok(unposted({ finalBy: PAID_AT })))
    await tap('扫收据上的码')
    expect(screen.getByText('11-16 14:19，已经过了，请找主管')).toBeTruthy()
  })

  it('speaks English', async () => {
    choose({ language: 'en' })
    desk(() => ok(unposted({ finalBy: TOMORROW })))
    await tap('Scan the code')
    expect(screen.getByText('Not posted').className).toContain('w9')
    expect(screen.getByText('Genuine; not credited yet. Do not cut off supply')).toBeTruthy()
  })
})

describe('without network', () => {
  const offlineDesk = async () => {
    desk(() => noNetwork())
    await act(async () => undefined)
    await tap('扫收据上的码')
  }

  it('the signature tells, with what was true when it was made, and asks once there is one', async () => {
    await offlineDesk()
    expect(screen.getByText('签名是真的。下面的状态是签发时的')).toBeTruthy()
    expect(screen.getByText('微信已收款，还没销账（11-16 14:19:02）')).toBeTruthy()
    expect(screen.getByText('京华供电 · 电费 2026-10')).toBeTruthy()
    expect(screen.getByText('不知道，联网再查')).toBeTruthy()
    cloudAnswers({ 'check-receipt': () => ok(aCheck('printed')), 'list-billers': noNetwork })
    await tap('联网再查')
    expect(screen.getByText('已打印')).toBeTruthy()
  })

  it('a key that this phone has not seen is no verdict', async () => {
    const { keys } = KEYS
    KEYS.keys = []
    await offlineDesk()
    KEYS.keys = keys
    expect(screen.queryByRole('status')).toBeNull()
    expect(screen.getByText('没有网络，或者等了太久没有回复。连上网再试。')).toBeTruthy()
  })
})

describe('the page of eight', () => {
  const eight = async (check: unknown) => {
    const { unmount } = desk(() => ok(check))
    await tap('扫收据上的码')
    unmount()
    return render(<Eight />)
  }
  const last = (container: HTMLElement) => [...container.querySelectorAll('.e8')].at(-1)

  it('finds nothing to look at on a posted receipt', async () => {
    const { container } = await eight(aCheck('posted'))
    expect(screen.getByText('8 项一致')).toBeTruthy()
    expect(last(container)?.textContent).toBe('8 退款、打印无无')
  })

  it('names refund and print in the last row', async () => {
    const { container } = await eight(
      aCheck('refunded', { refunded: fen(9_000), printedAt: PAID_AT }),
    )
    expect(last(container)?.textContent).toBe('8 退款、打印无退款 90.00 · 打印 11-16')
    expect(last(container)?.className).toContain('warn')
  })

  it.each([
    ['the company did not take it', 'rejected', '公司没有收'],
    ['who paid took it back', 'undone', '付款人收回了'],
  ] as const)('says that %s, and that the refund is to come', async (_, state, words) => {
    const { container } = await eight(unposted({ state }))
    expect(screen.getByText(words)).toBeTruthy()
    expect(last(container)?.textContent).toBe('8 退款、打印无等退款')
    expect(last(container)?.className).toContain('warn')
  })
})
