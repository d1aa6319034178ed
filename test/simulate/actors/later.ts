import { getPayment } from '../../../src/cloud/use-cases/get-payment'
import { getReceipt } from '../../../src/cloud/use-cases/get-receipt'
import { printReceipt } from '../../../src/cloud/use-cases/print-receipt'
import type { Act } from './phone'
import { invoke, MINUTE_MS, pause, type Stage } from './stage'

type Paid = {
  paymentId: string
  items: readonly { billerId: string; receiptNumber?: string | undefined }[]
}

/** In the next minutes, of an evening, and twice on the day after. */
const LOOKS = [
  [1, 10],
  [10, 90],
  [90, 600],
  [600, 1_300],
  [1_300, 2_900],
] as const

/** Some look at what they paid again, days later too, and have a receipt of it printed at a desk. */
export async function lookLater(stage: Stage, { name, openid }: Act, paid: Paid): Promise<void> {
  const { chance } = stage
  if (!chance.happens(`later/${name}`, 0.35)) return
  const [first] = paid.items
  for (const [index, [least, most]] of LOOKS.entries()) {
    const own = `${name}/later/${index}`
    await pause(stage, chance.between(`at/${own}`, least, most) * MINUTE_MS)
    await invoke(stage, own, (ports) =>
      getPayment(ports, { openid }, { paymentId: paid.paymentId }),
    )
    const receiptNumber = first?.receiptNumber
    if (first === undefined || receiptNumber === undefined) continue
    if (index === 2 && chance.happens(`prints/${name}`, 0.5))
      await print(stage, own, { ...first, receiptNumber })
    if (index > 2)
      await invoke(stage, `${own}/receipt`, (ports) =>
        getReceipt(ports, { openid }, { receiptNumber }),
      )
  }
}

async function print(
  stage: Stage,
  name: string,
  { billerId, receiptNumber }: { billerId: string; receiptNumber: string },
): Promise<void> {
  const clerk = {
    staffId: `clerk-${billerId}`,
    billerId,
    displayName: '小李',
    role: 'clerk',
  } as const
  for (const time of ['once', 'again'])
    await invoke(stage, `${name}/print/${time}`, (ports) =>
      printReceipt(ports, clerk, { receiptNumber }),
    )
  await invoke(stage, `${name}/print/mistyped`, (ports) =>
    printReceipt(ports, clerk, { receiptNumber: receiptNumber.slice(1) }),
  )
  const other = await invoke(stage, `${name}/print/elsewhere`, (ports) =>
    printReceipt(ports, { ...clerk, billerId: 'another' }, { receiptNumber }),
  )
  if (other?.ok === true) stage.note(`${name}: another biller’s desk printed ${receiptNumber}`)
}
