import {
  approveRefund,
  askRefund,
  declineRefund,
} from '../../../src/cloud/postgres/refund-requests'
import type { Ports } from '../../../src/cloud/use-cases/ports'
import type { Fen } from '../../../src/core/money'
import type { Asked } from './desk'
import { invoke, type Stage } from './stage'

type Mistake = (ports: Ports, asked: Asked, stage: Stage) => Promise<{ answer: string }>

/** At times a refund is asked for or decided by whom it does not concern: each has to be refused. */
export async function mayErr(stage: Stage, asked: Asked): Promise<void> {
  const { chance, faults } = stage
  if (!faults.inWorld(asked.name, 'refund-wrong-hand', 0.5)) return
  const [kind, mistake] = chance.pick(`wrong-hand/${asked.name}`, Object.entries(MISTAKES))
  const answered = await invoke(stage, `${asked.name}/${kind}`, (ports) =>
    mistake(ports, asked, stage),
  )
  if (answered !== undefined && !REFUSALS.includes(answered.answer))
    stage.note(`law 7: ${asked.name} by ${kind} was answered ${answered.answer}`)
}

/** Who decided meanwhile may have done so first. */
const REFUSALS = [
  'not-staff',
  'own-request',
  'own-payment',
  'too-much',
  'not-open',
  'unknown-refund',
]

const approveBy = async (ports: Ports, asked: Asked, staffId: string) => ({
  answer: await approveRefund(ports.database, asked, staffId, ports.now()),
})

const MISTAKES: Record<string, Mistake> = {
  'the asker': (ports, asked) => approveBy(ports, asked, asked.asker),
  'a clerk': (ports, asked) => approveBy(ports, asked, `clerk-${asked.billerId}`),
  'who paid': (ports, asked, { plan }) => {
    const own = plan.desks.find(
      ({ billerId, openid }) => billerId === asked.billerId && openid === asked.payer,
    )
    return approveBy(ports, asked, own?.staffId ?? 'nobody')
  },
  'a stranger': (ports, asked) => approveBy(ports, asked, 'nobody'),
  'a stranger who declines': async (ports, asked) => {
    const by = { staffId: 'nobody', reason: 'no' }
    return { answer: await declineRefund(ports.database, asked, by, ports.now()) }
  },
  'a stranger who asks': (ports, { paymentId, itemNo, amount }) =>
    askRefund(
      ports.database,
      { paymentId, itemNo, amountFen: amount, reason: 'mine', actor: 'nobody' },
      ports.now(),
    ),
  'a clerk who wants too much': (ports, { paymentId, itemNo, billerId }) =>
    askRefund(
      ports.database,
      { paymentId, itemNo, amountFen: 9_999_999 as Fen, reason: 'all', actor: `clerk-${billerId}` },
      ports.now(),
    ),
  'a refund that is none': (ports, asked) =>
    approveBy(ports, { ...asked, refundNo: 999 }, `chief-${asked.billerId}`),
}
