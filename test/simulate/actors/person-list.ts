import { findDossier } from '../../../src/cloud/postgres/payment-dossiers'
import { type PersonTask, retryTask, tasksOfPersons } from '../../../src/cloud/postgres/person-list'
import {
  approveRefund,
  askRefund,
  declineRefund,
  settleWithBiller,
} from '../../../src/cloud/postgres/refund-requests'
import { refundsOf } from '../../../src/cloud/postgres/refunds'
import type { Fen } from '../../../src/core/money'
import { HOUR_MS, invoke, MINUTE_MS, pause, type Stage } from './stage'
import { untilHeard } from './until-heard'

const LOOKS = [0, 1, 2, 3]
const MOST = 20

/** Somebody looks through the list of persons now and then, and does what its pages say, or leaves it for another day. */
export async function workThroughTheList(stage: Stage): Promise<void> {
  const { chance } = stage
  for (const look of LOOKS) {
    await pause(stage, chance.between(`list-at/${look}`, 10, 480) * MINUTE_MS)
    const tasks = await invoke(stage, `list/${look}`, (ports) =>
      tasksOfPersons(ports.database, MOST),
    )
    for (const task of tasks ?? [])
      if (chance.happens(`list/${look}/${nameOf(task)}`, 0.7)) await takeUp(stage, look, task)
  }
}

async function takeUp(stage: Stage, look: number, task: PersonTask): Promise<void> {
  const name = `list/${look}/${nameOf(task)}`
  const retry = () => untilHeard(stage, `${name}/retry`, (ports) => retryAt(ports, task))
  if (task.kind === 'reverse') return settle(stage, name, task)
  if (task.reason === 'part-given-back' || task.reason === 'refund-closed') {
    const hurries = stage.chance.happens(`${name}/hurries`, 0.2)
    if (!hurries) await giveTheRest(stage, name, task)
    if (hurries || task.kind === 'refund') await retry()
  }
  if (task.reason === 'refund-refused' && stage.chance.happens(`${name}/withdraws`, 0.5))
    await (task.kind === 'refund' ? withdraw(stage, name, task) : retry())
  // It was meant to be the same, or both are right.
  if (task.reason === 'given-back-by-hand')
    await (stage.chance.happens(`${name}/is-same`, 0.6) ? withdraw(stage, name, task) : retry())
  // Which of its bills was given back shows once all refunds of the order are in the books.
  if (task.reason === 'refunded-elsewhere' && (await isAllKnown(stage, name, task))) await retry()
}

const nameOf = ({ paymentId, kind, itemNo }: PersonTask) => `${paymentId}/${kind}/${itemNo}`
const retryAt = (ports: Parameters<Parameters<typeof invoke>[2]>[0], task: PersonTask) =>
  retryTask(ports.database, task, ports.now())

/** What was given back by hand and is credited: kept, taken back by the biller’s own means, or asked for again. */
async function settle(stage: Stage, name: string, task: PersonTask): Promise<void> {
  const { paymentId, itemNo: refundNo, billerId } = task
  const how = stage.chance.pick(`${name}/how`, ['kept', 'own', 'asked'])
  if (how === 'asked') {
    await untilHeard(stage, `${name}/retry`, (ports) => retryAt(ports, task))
    return
  }
  const refunds = await invoke(stage, `${name}/refunds`, (ports) =>
    refundsOf(ports.database, paymentId),
  )
  const refund = refunds?.find((one) => one.refundNo === refundNo)
  const biller = stage.books.billers.get(billerId ?? '')
  if (refund === undefined || biller === undefined) return
  const number =
    how === 'own'
      ? biller.reverseByOwnMeans(`${paymentId}-${refund.itemNo}`, refund.amountFen)
      : undefined
  if (how === 'own' && number === undefined) return
  await untilHeard(stage, `${name}/settle`, (ports) =>
    settleWithBiller(
      ports.database,
      { paymentId, refundNo },
      { staffId: `clerk-${billerId}`, number, outcome: how },
      ports.now(),
    ),
  )
}

async function withdraw(stage: Stage, name: string, task: PersonTask): Promise<void> {
  const { paymentId, itemNo: refundNo, billerId } = task
  await untilHeard(stage, `${name}/withdraw`, (ports) =>
    declineRefund(
      ports.database,
      { paymentId, refundNo },
      { staffId: `clerk-${billerId}`, reason: 'given back by hand' },
      ports.now(),
    ),
  )
}

/** What is left of an item of which a part was given back, or what WeChat closed. */
async function giveTheRest(
  stage: Stage,
  name: string,
  { paymentId, kind, itemNo, billerId }: PersonTask,
): Promise<void> {
  const dossier = await invoke(stage, `${name}/dossier`, (ports) =>
    findDossier(ports.database, paymentId),
  )
  const refunds = await invoke(stage, `${name}/refunds`, (ports) =>
    refundsOf(ports.database, paymentId),
  )
  const refund = refunds?.find(({ refundNo }) => kind === 'refund' && refundNo === itemNo)
  const no = refund?.itemNo ?? itemNo
  const item = dossier?.items.find((one) => one.itemNo === no)
  if (item === undefined || refunds === undefined) return
  const given = refunds
    .filter((one) => one.itemNo === no && one.state !== 'closed' && one.state !== 'declined')
    .reduce((sum, one) => sum + one.amountFen, 0)
  const isCredited = refund?.state === 'closed' && item.state === 'posted'
  const wanted = isCredited ? refund.amountFen : item.amountFen
  const amountFen = Math.min(wanted, item.amountFen - given) as Fen
  if (amountFen <= 0) return
  const asked = {
    paymentId,
    itemNo: item.itemNo,
    amountFen,
    reason: '退',
    actor: `clerk-${billerId}`,
  }
  const refundNo = (
    await untilHeard(stage, `${name}/ask`, (ports) => askRefund(ports.database, asked, ports.now()))
  )?.refundNo
  if (refundNo === undefined) return
  await untilHeard(stage, `${name}/approve`, (ports) =>
    approveRefund(ports.database, { paymentId, refundNo }, `chief-${billerId}`, ports.now()),
  )
}

/** Looks at the merchant platform, and here. */
async function isAllKnown(stage: Stage, name: string, { paymentId }: PersonTask): Promise<boolean> {
  await pause(stage, HOUR_MS)
  const known = await invoke(stage, `${name}/known`, (ports) =>
    refundsOf(ports.database, paymentId),
  )
  const there = [...stage.books.weChat.orders.values()]
    .filter(({ order }) => order.orderNumber.startsWith(paymentId))
    .flatMap(({ refunds }) => refunds)
  return there.every(({ asked }) =>
    known?.some(({ refundNumber }) => refundNumber === asked.refundNumber),
  )
}
