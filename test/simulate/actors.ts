import { derivePaymentId } from '../../src/cloud/postgres/personal-data'
import { askUnknownPayments } from '../../src/cloud/use-cases/ask-unknown-payments'
import { getPayment } from '../../src/cloud/use-cases/get-payment'
import type { Ports } from '../../src/cloud/use-cases/ports'
import { quotePayment } from '../../src/cloud/use-cases/quote-payment'
import { runDueTasks } from '../../src/cloud/use-cases/run-tasks'
import { startPayment } from '../../src/cloud/use-cases/start-payment'
import { takePayNotice } from '../../src/cloud/use-cases/take-pay-notice'
import { takeRefundFact } from '../../src/cloud/use-cases/take-refund-fact'
import { undoItem } from '../../src/cloud/use-cases/undo-item'
import type { Fen } from '../../src/core/money'
import { newPaymentId } from '../../src/core/payment-id'
import type { WeChatBook } from './neighbours/we-chat'
import type { Intent } from './plan'
import { type Actor, noteBug, steppedPorts, type World } from './stepped-ports'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
/** The platform ends a function then, and the phone hears no more of it. */
const FUNCTION_MS = 60 * SECOND_MS

export type Stage = World & {
  real: Ports
  weChatBook: WeChatBook
  /** What each start of a payment was answered: the same id has one outcome for ever. */
  answers: Map<string, string>
  /** The items of which residents were told that they are taken back. */
  takenBack: Set<string>
}

/** Runs a function as an actor of its own; undefined when it died, failed or took too long. */
export async function invoke<Result>(
  stage: Stage,
  name: string,
  work: (ports: Ports) => Promise<Result>,
  clockOff = 0,
): Promise<Result | undefined> {
  const actor: Actor = { name, steps: 0, dead: false, clockOff }
  const { scheduler } = stage
  return Promise.race([
    work(steppedPorts(stage.real, stage, actor)).catch((error: unknown) => {
      noteBug(stage, name, error)
      return undefined
    }),
    scheduler.sleepUntil(scheduler.now() + FUNCTION_MS).then(() => undefined),
  ])
}

/** A resident pays what they set out to pay, one order after the other. */
export async function livePhone(stage: Stage, intent: Intent): Promise<void> {
  const { scheduler, faults } = stage
  const caller = { openid: intent.openid }
  await scheduler.sleepUntil(intent.at)
  const quote = await invoke(stage, `${intent.name}/quote`, (ports) =>
    quotePayment(ports, caller, {
      bills: intent.bills.map(({ accountId, billId }) => ({ accountId, billId })),
    }),
  )
  if (quote?.ok !== true) return
  for (const [index, payment] of quote.reply.payments.entries()) {
    const items = payment.items.map(({ accountId, billId, total }) => ({
      accountId,
      billId,
      amountSeen: total,
    }))
    await payOnce(stage, { ...intent, name: `${intent.name}/${index}` }, items)
    if (faults.inWorld(`${intent.name}/${index}/gone`, 'phone-vanishes', 0.1)) return
  }
}

type Items = { accountId: string; billId: string; amountSeen: number }[]

async function payOnce(stage: Stage, { name, openid }: Intent, items: Items): Promise<void> {
  const { chance, faults, scheduler } = stage
  const paymentId = newPaymentId(chance.bytes(`payment/${name}`, 16))
  const start = async (time: string) => {
    const started = await invoke(stage, `${name}/start/${time}`, (ports) =>
      startPayment(ports, { openid }, { paymentId, items }),
    )
    if (started?.ok === true) heard(stage, `${openid}/${paymentId}`, started.reply)
    return started
  }
  if (faults.inWorld(name, 'second-device', 0.1)) void start('other')
  let started = await start('0')
  for (let time = 1; time < 4 && started === undefined; time += 1) {
    if (faults.inWorld(`${name}/${time}`, 'phone-vanishes', 0.2)) return
    await scheduler.sleepUntil(scheduler.now() + 5 * SECOND_MS)
    started = await start(String(time))
  }
  if (faults.inWorld(name, 'phone-retries', 0.15)) void start('again')
  if (started?.ok !== true || started.reply.pay === undefined) return
  const orderNumber = started.reply.pay.package.replace('prepay_id=prepay-', '')
  for (const time of [0, 1]) {
    await atSheet(stage, `${name}/${time}`, orderNumber)
    if (faults.inWorld(`${name}/${time}/after`, 'phone-vanishes', 0.2)) return
    for (const look of [0, 1, 2]) {
      const seen = await invoke(stage, `${name}/look/${time}/${look}`, (ports) =>
        getPayment(ports, { openid }, { paymentId, returned: true }),
      )
      if (seen?.ok === true && seen.reply.state === 'paid' && look > 0) {
        const undoable = seen.reply.items.filter(({ undoUntil }) => undoUntil !== undefined)
        await Promise.all(
          undoable.map(({ itemNo }) => mayTakeBack(stage, { name, openid }, { paymentId, itemNo })),
        )
        return
      }
      await scheduler.sleepUntil(
        scheduler.now() + chance.between(`wait/${name}/${look}`, 1, 40) * SECOND_MS,
      )
    }
  }
}

/** Half of those who can take a payment back do: some at once, some when it may be too late. */
async function mayTakeBack(
  stage: Stage,
  { name, openid }: { name: string; openid: string },
  item: { paymentId: string; itemNo: number },
): Promise<void> {
  const { chance, scheduler, faults } = stage
  const own = `${name}/undo/${item.itemNo}`
  if (!chance.happens(`takes-back/${own}`, 0.5)) return
  await scheduler.sleepUntil(scheduler.now() + chance.between(`waits/${own}`, 1, 720) * SECOND_MS)
  const tap = async (time: string) => {
    const answer = await invoke(stage, `${own}/${time}`, (ports) =>
      undoItem(ports, { openid }, item),
    )
    if (answer?.ok === true) stage.takenBack.add(storedKey(stage, openid, item))
  }
  if (faults.inWorld(own, 'second-device', 0.2)) void tap('other')
  await tap('0')
  if (faults.inWorld(own, 'phone-retries', 0.2)) await tap('again')
}

/** How an item that a phone names is named in the tables and at its biller. */
function storedKey(
  { real }: Stage,
  openid: string,
  { paymentId, itemNo }: { paymentId: string; itemNo: number },
): string {
  return `${derivePaymentId(real.personalData, openid, paymentId)}-${itemNo}`
}

/** Law 12: what was answered once under an id is answered for ever. */
function heard(stage: Stage, id: string, reply: { amount: number; expiresAt: number }): void {
  const answer = `${reply.amount} until ${reply.expiresAt}`
  const before = stage.answers.get(id) ?? answer
  stage.answers.set(id, before)
  if (answer !== before) stage.note(`law 12: ${id} was answered ${before}, then ${answer}`)
}

/** The payer before WeChat’s sheet: pays, cancels, or comes back when it is too late. */
async function atSheet(stage: Stage, name: string, orderNumber: string): Promise<void> {
  const { chance, faults, scheduler, weChatBook } = stage
  if (!weChatBook.openSheet(orderNumber)) return
  sendFalseNotice(stage, orderNumber)
  const isLate = faults.inWorld(name, 'payer-late', 0.2)
  const seconds = isLate
    ? chance.between(`late/${name}`, 600, 1_200)
    : chance.between(`sheet/${name}`, 2, 60)
  await scheduler.sleepUntil(scheduler.now() + seconds * SECOND_MS)
  const cancels = faults.inWorld(name, 'payer-cancels', 0.15)
  if (weChatBook.leaveSheet(orderNumber, !cancels)) sendNotices(stage, orderNumber)
}

function falseNotice(stage: Stage, orderNumber: string) {
  const { chance, scheduler, weChatBook } = stage
  const booked = weChatBook.orders.get(orderNumber)
  if (booked === undefined) return undefined
  const fact = weChatBook.factOf({ ...booked, state: 'SUCCESS', paidAt: scheduler.now() })
  const parts = fact.parts.map((part) => ({ ...part, amount: 1 as Fen, payerAmount: 1 as Fen }))
  const isOfOther = chance.happens(`of-other/${orderNumber}`, 0.5)
  return invoke(stage, `notice/${orderNumber}/false`, (ports) =>
    takePayNotice(ports, {
      kind: 'paid',
      id: `false-${orderNumber}`,
      fact: isOfOther ? { ...fact, openid: 'o-stranger' } : { ...fact, parts },
      merchantId: booked.order.mchid,
    }),
  )
}

/** At times something that looks like a notice comes before anybody paid. */
function sendFalseNotice(stage: Stage, orderNumber: string): void {
  if (stage.faults.inWorld(orderNumber, 'notice-contradicts', 0.1))
    void falseNotice(stage, orderNumber)
}

/** WeChat repeats a notice at these seconds until it is answered (pay.weixin.qq.com, 支付通知). */
const NOTICE_SECONDS = [0, 15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600]

function sendNotices(stage: Stage, orderNumber: string): void {
  const { faults, scheduler, weChatBook } = stage
  const booked = weChatBook.orders.get(orderNumber)
  if (booked === undefined) return
  const once = (time: string) =>
    invoke(stage, `notice/${orderNumber}/${time}`, (ports) =>
      takePayNotice(ports, {
        kind: 'paid',
        id: `notice-${orderNumber}`,
        fact: weChatBook.factOf(booked),
        merchantId: booked.order.mchid,
      }),
    )
  const until = async () => {
    for (const [time, seconds] of NOTICE_SECONDS.entries()) {
      await scheduler.sleepUntil(scheduler.now() + seconds * SECOND_MS)
      if (faults.inWorld(`${orderNumber}/${time}`, 'notice-lost', 0.25)) continue
      if (faults.inWorld(`${orderNumber}/${time}`, 'notice-doubled', 0.15)) void once(`${time}+`)
      const taken = await once(String(time))
      if (taken?.paymentId !== undefined) return
    }
  }
  if (faults.inWorld(orderNumber, 'notice-days-late', 0.1)) {
    const hours = stage.chance.between(`notice-late/${orderNumber}`, 1, 48)
    void scheduler.sleepUntil(scheduler.now() + hours * HOUR_MS).then(until)
  } else void until()
}

/** One of two runners of the timers: what is due is done, what is unknown is asked. */
export async function liveRunner(stage: Stage, name: string, end: () => boolean): Promise<void> {
  const { chance, faults, scheduler } = stage
  for (let round = 0; !end(); round += 1) {
    const own = `${name}/${round}`
    const clockOff = faults.inWorld(own, 'clock-off', 0.05)
      ? chance.pick(`off/${own}`, [-24, -1, 1, 24]) * HOUR_MS
      : 0
    await invoke(
      stage,
      own,
      async (ports) => {
        const until = ports.now() + 45 * SECOND_MS
        await runDueTasks(ports, until)
        await askUnknownPayments(ports, until)
      },
      clockOff,
    )
    for (const number of stage.weChatBook.refundsUnderWay()) await endRefund(stage, number, own)
    const most = faults.isHealed() ? 60 : 5
    await scheduler.sleepUntil(
      scheduler.now() + chance.between(`pause/${own}`, 1, most) * MINUTE_MS,
    )
  }
}

/** WeChat gives money back in its own time; its notice may be lost like any other. */
async function endRefund(stage: Stage, refundNumber: string, own: string): Promise<void> {
  const { chance, faults, weChatBook } = stage
  if (!chance.happens(`refund-ends/${own}/${refundNumber}`, 0.4)) return
  const fact = weChatBook.endRefund(refundNumber)
  if (fact === undefined || faults.inWorld(refundNumber, 'notice-lost', 0.3)) return
  await invoke(stage, `refund-notice/${refundNumber}`, (ports) => takeRefundFact(ports, fact))
}
