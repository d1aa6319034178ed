import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import {
  approveRefund,
  askRefund,
  declineRefund,
} from '../../../src/cloud/postgres/refund-requests'
import type { Fen } from '../../../src/core/money'
import type { Act } from './phone'
import { HOUR_MS, MINUTE_MS, pause, type Stage } from './stage'
import { TRIES, untilHeard } from './until-heard'
import { mayErr } from './wrong-hands'

type Paid = { itemNo: number; billerId: string; amount: Fen }
/** What a desk is asked to give back. */
type Wish = { paymentId: string; itemNo: number; billerId: string; amount: Fen }
export type Asked = Wish & { name: string; payer: string; asker: string; refundNo: number }

const REASON = '多交了'

/** Who has paid goes to the biller’s desk at times and wants some of it back: a clerk asks, another decides. */
export async function mayAskBack(
  stage: Stage,
  { name, openid }: Act,
  { paymentId, items }: { paymentId: string; items: readonly Paid[] },
): Promise<void> {
  const { chance, faults, real } = stage
  if (items.length === 0 || !faults.inWorld(name, 'refund-asked', 0.25)) return
  const { itemNo, billerId, amount } = chance.pick(`refund-of/${name}`, items)
  const stored = derivePaymentId(real.personalData, openid, paymentId)
  const [least, most] = chance.pick(`refund-soon/${name}`, [
    [1, 30],
    [1, 30],
    [60, 1_200],
  ] as const)
  await pause(stage, chance.between(`refund-at/${name}`, least, most) * MINUTE_MS)
  for (const time of [0, 1]) {
    const own = `${name}/refund/${time}`
    const part = chance.pick(`part/${own}`, [1, 1, 0.5, 0.25])
    const wish = {
      paymentId: stored,
      itemNo,
      billerId,
      amount: Math.max(1, Math.floor(amount * part)) as Fen,
    }
    await askAndDecide(stage, { name: own, openid }, wish)
    if (!chance.happens(`once-more/${own}`, 0.4)) return
  }
}

async function askAndDecide(stage: Stage, { name, openid }: Act, wish: Wish): Promise<void> {
  const { chance } = stage
  const asker = `${chance.pick(`asker/${name}`, ['clerk', 'supervisor'])}-${wish.billerId}`
  const ask = (time: string) =>
    untilHeard(stage, `${name}/ask/${time}`, (ports) =>
      askRefund(
        ports.database,
        { ...wish, amountFen: wish.amount, reason: REASON, actor: asker },
        ports.now(),
      ),
    )
  if (chance.happens(`asks-twice/${name}`, 0.2)) void ask('other')
  const refundNo = (await ask('0'))?.refundNo
  if (refundNo === undefined) return
  const asked = { ...wish, name, payer: openid, asker, refundNo }
  void mayErr(stage, asked)
  await pause(stage, chance.between(`decides-at/${name}`, 1, 90) * MINUTE_MS)
  await decide(stage, asked)
}

/** Somebody else decides, at times two at once, one so and the other so. */
async function decide(stage: Stage, { name, paymentId, refundNo, billerId }: Asked): Promise<void> {
  const { faults } = stage
  const chief = `chief-${billerId}`
  const key = { paymentId, refundNo }
  const decline = () =>
    untilHeard(stage, `${name}/decline`, (ports) =>
      declineRefund(ports.database, key, { staffId: chief, reason: 'not owed' }, ports.now()),
    )
  if (faults.inWorld(name, 'refund-declined', 0.3)) void decline()
  for (let time = 0; time < TRIES; time += 1) {
    const answer = await untilHeard(stage, `${name}/approve/${time}`, (ports) =>
      approveRefund(ports.database, key, chief, ports.now()),
    )
    // Nobody knows yet whether the biller has it.
    if (answer !== 'posting-unknown') return
    await pause(stage, HOUR_MS)
  }
  await decline()
}
