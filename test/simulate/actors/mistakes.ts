import { getPayment } from '../../../src/cloud/use-cases/get-payment'
import { startPayment } from '../../../src/cloud/use-cases/start-payment'
import { newPaymentId } from '../../../src/core/payment-id'
import type { Act, Items } from './phone'
import { invoke, type Stage } from './stage'

type Request = { paymentId: string; items: Items }
type Left = readonly { accountId: string; billId: string; total: number }[]

/** At times a phone asks for what cannot be, or somebody else asks: each has to be refused. */
export function err(stage: Stage, act: Act, { paymentId, items }: Request): void {
  const { chance, faults } = stage
  if (!faults.inWorld(act.name, 'phone-errs', 0.2)) return
  const fresh = newPaymentId(chance.bytes(`mistaken/${act.name}`, 16))
  const [first, ...others] = items
  if (first === undefined) return
  const mistake = chance.pick(`mistake/${act.name}`, MISTAKES)
  const wrong: Record<(typeof MISTAKES)[number], Request> = {
    'bad-id': { paymentId: 'not-an-id', items },
    'too-many': { paymentId: fresh, items: Array.from({ length: 13 }, () => first) },
    'other-contents': {
      paymentId,
      items: others.length > 0 ? others : [{ ...first, billId: '-' }],
    },
    'no-such-bill': { paymentId: fresh, items: [{ ...first, billId: 'no-such-bill' }] },
    'other-amount': {
      paymentId: fresh,
      items: [{ ...first, amountSeen: first.amountSeen + 1_000_000 }, ...others],
    },
    'not-theirs': { paymentId: fresh, items },
    'strange-eyes': { paymentId, items },
  }
  const openid = mistake === 'not-theirs' || mistake === 'strange-eyes' ? 'o-stranger' : act.openid
  const name = `${act.name}/${mistake}`
  const answered = (answer: { ok: boolean } | undefined) => {
    if (answer?.ok === true) stage.note(`${name} was not refused`)
  }
  if (mistake === 'strange-eyes')
    void invoke(stage, name, (ports) => getPayment(ports, { openid }, { paymentId })).then(answered)
  else
    void invoke(stage, name, (ports) => startPayment(ports, { openid }, wrong[mistake])).then(
      // A payment whose start was never heard of may begin with other contents.
      mistake === 'other-contents' ? () => undefined : answered,
    )
}

/** And at times the same id comes with other contents while it is being started: one of the two is refused. */
export function errAtOnce(
  stage: Stage,
  { name, openid }: Act,
  { paymentId, items }: Request,
): void {
  if (items.length < 2 || !stage.faults.inWorld(`${name}/at-once`, 'phone-errs', 0.04)) return
  void invoke(stage, `${name}/at-once`, (ports) =>
    startPayment(ports, { openid }, { paymentId, items: items.slice(1) }),
  )
}

const MISTAKES = [
  'bad-id',
  'too-many',
  'other-contents',
  'no-such-bill',
  'other-amount',
  'not-theirs',
  'strange-eyes',
] as const

/** What the quote keeps apart is asked for at once, or what it says cannot be paid. */
export function errAcross(
  stage: Stage,
  { name, openid }: Act,
  { orders, left }: { orders: Items[]; left: Left },
): void {
  const { chance, faults } = stage
  if (orders.length < 2 && left.length === 0) return
  if (!faults.inWorld(`${name}/across`, 'phone-errs', 0.3)) return
  const paymentId = newPaymentId(chance.bytes(`across/${name}`, 16))
  const items =
    orders.length > 1
      ? orders.flat()
      : left.map(({ accountId, billId, total }) => ({ accountId, billId, amountSeen: total }))
  void invoke(stage, `${name}/across`, (ports) =>
    startPayment(ports, { openid }, { paymentId, items: items.slice(0, 12) }),
  ).then((answer) => {
    if (answer?.ok === true && orders.length > 1)
      stage.note(`${name}: what cannot join one order was taken as one`)
  })
}
