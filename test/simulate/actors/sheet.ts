import { takePayNotice } from '../../../src/cloud/use-cases/take-pay-notice'
import type { Fen } from '../../../src/core/money'
import { HOUR_MS, invoke, pause, SECOND_MS, type Stage } from './stage'

/** The payer before WeChat’s sheet: pays, cancels, or comes back when it is too late. */
export async function atSheet(stage: Stage, name: string, orderNumber: string): Promise<void> {
  const { chance, faults, books } = stage
  if (!books.weChat.openSheet(orderNumber)) return
  sendFalseNotice(stage, orderNumber)
  const isLate = faults.inWorld(name, 'payer-late', 0.2)
  const seconds = isLate
    ? chance.between(`late/${name}`, 600, 1_200)
    : chance.between(`sheet/${name}`, 2, 60)
  await pause(stage, seconds * SECOND_MS)
  const cancels = faults.inWorld(name, 'payer-cancels', 0.15)
  if (books.weChat.leaveSheet(orderNumber, !cancels)) sendNotices(stage, orderNumber)
}

/** The payer’s tap was in time; WeChat has the money when the order’s time is long over. */
export async function payLate(stage: Stage, orderNumber: string, at: number): Promise<void> {
  const { books, scheduler } = stage
  if (!books.weChat.openSheet(orderNumber)) return
  await scheduler.sleepUntil(at)
  if (books.weChat.payLate(orderNumber)) sendNotices(stage, orderNumber)
}

/** At times something that looks like a notice comes before anybody paid. */
function sendFalseNotice(stage: Stage, orderNumber: string): void {
  if (stage.faults.inWorld(orderNumber, 'notice-contradicts', 0.1))
    void falseNotice(stage, orderNumber)
}

function falseNotice(stage: Stage, orderNumber: string) {
  const { chance, scheduler, books } = stage
  const booked = books.weChat.orders.get(orderNumber)
  if (booked === undefined) return undefined
  const fact = books.weChat.factOf({ ...booked, state: 'SUCCESS', paidAt: scheduler.now() })
  const parts = fact.parts.map((part) => ({ ...part, amount: 1 as Fen, payerAmount: 1 as Fen }))
  const wrong = chance.pick(`wrong/${orderNumber}`, [
    { ...fact, openid: 'o-stranger' },
    { ...fact, parts },
    { ...fact, orderNumber: `${orderNumber}-of-another` },
  ])
  return invoke(stage, `notice/${orderNumber}/false`, (ports) =>
    takePayNotice(ports, {
      kind: 'paid',
      id: `false-${orderNumber}`,
      fact: wrong,
      merchantId: booked.order.mchid,
    }),
  )
}

/** WeChat repeats a notice at these seconds until it is answered (pay.weixin.qq.com, 支付通知). */
const NOTICE_SECONDS = [0, 15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600]

function sendNotices(stage: Stage, orderNumber: string): void {
  const { chance, faults, books } = stage
  const booked = books.weChat.orders.get(orderNumber)
  if (booked === undefined) return
  if (faults.inWorld(orderNumber, 'notices-never', 0.05)) {
    books.silent.add(orderNumber.slice(0, 26))
    return
  }
  const once = (time: string) =>
    invoke(stage, `notice/${orderNumber}/${time}`, (ports) =>
      takePayNotice(ports, {
        kind: 'paid',
        id: `notice-${orderNumber}`,
        fact: books.weChat.tell(booked),
        merchantId: booked.order.mchid,
      }),
    )
  const until = async () => {
    for (const [time, seconds] of NOTICE_SECONDS.entries()) {
      await pause(stage, seconds * SECOND_MS)
      if (faults.inWorld(`${orderNumber}/${time}`, 'notice-lost', 0.25)) continue
      if (faults.inWorld(`${orderNumber}/${time}`, 'notice-doubled', 0.15)) void once(`${time}+`)
      const taken = await once(String(time))
      if (taken?.paymentId !== undefined) return
    }
  }
  if (faults.inWorld(orderNumber, 'notice-days-late', 0.1)) {
    const hours = chance.between(`notice-late/${orderNumber}`, 1, 48)
    void pause(stage, hours * HOUR_MS).then(until)
  } else void until()
}
