import { quotePayment } from '../../../src/cloud/use-cases/quote-payment'
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
    const left = quote?.ok === true ? quote.reply.left : []
    return bills.filter(({ billId }) =>
      left.some((one) => one.billId === billId && one.reason === 'already-paid'),
    )
  })
  return (await Promise.all(looks)).flat()
}
