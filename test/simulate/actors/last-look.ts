import { toCursor } from '../../../src/cloud/use-cases/cursor'
import { listBills } from '../../../src/cloud/use-cases/list-bills'
import { quotePayment } from '../../../src/cloud/use-cases/quote-payment'
import type { PlannedBill } from '../plan'
import { invoke, type Stage } from './stage'

/** When all is over, everybody sees what is still to be paid: the bills that they are told are paid. */
export async function calledPaid(stage: Stage): Promise<{ billerId: string; billId: string }[]> {
  const { accounts, bindings } = stage.plan
  const looks = [...new Set(bindings.map(({ openid }) => openid))].map(async (openid) => {
    const own = accounts.filter(({ accountId }) =>
      bindings.some((one) => one.openid === openid && one.accountId === accountId),
    )
    const bills = own.flatMap((account) => account.bills)
    const quote = await invoke(stage, `${openid}/last`, (ports) =>
      quotePayment(
        ports,
        { openid },
        { bills: bills.map(({ accountId, billId }) => ({ accountId, billId })) },
      ),
    )
    if (quote?.ok !== true) return []
    const { payments, left } = quote.reply
    const paid = left.filter(({ reason }) => reason === 'already-paid')
    await lookAtList(stage, openid, {
      own: bills,
      owed: payments.flatMap(({ items }) => items.map(({ billId }) => billId)),
      paid: paid.map(({ billId }) => billId),
    })
    return bills.filter(({ billId }) => paid.some((one) => one.billId === billId))
  })
  return (await Promise.all(looks)).flat()
}

type Told = { own: readonly PlannedBill[]; owed: readonly string[]; paid: readonly string[] }

/** The list of all bills, or a part of it, has to say the same. */
async function lookAtList(stage: Stage, openid: string, { own, owed, paid }: Told): Promise<void> {
  const filter = stage.chance.pick(`list/${openid}`, [
    {},
    { state: 'due' } as const,
    { state: 'paid' } as const,
    { service: 'water' } as const,
    { household: '我家' },
    { accountId: own[0]?.accountId },
    { after: 'nowhere' },
    { after: toCursor(['2026-10', own[0]?.accountId ?? '', own[0]?.billId ?? '']) },
  ])
  const list = await invoke(stage, `${openid}/list`, (ports) =>
    listBills(ports, { openid }, filter),
  )
  for (const { billId, standing } of list?.ok === true ? list.reply.rows : []) {
    const isOwed = standing.kind === 'due' || standing.kind === 'paying'
    if (!own.some((bill) => bill.billId === billId))
      stage.note(`${openid} sees ${billId}, which is another’s`)
    if ((isOwed && paid.includes(billId)) || (!isOwed && owed.includes(billId)))
      stage.note(`${openid} sees ${billId} as ${standing.kind}, and is told otherwise`)
  }
}
