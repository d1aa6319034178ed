import { derivePaymentId } from '../../../src/cloud/postgres/personal-data'
import { undoItem } from '../../../src/cloud/use-cases/undo-item'
import type { Act } from './phone'
import { invoke, pause, SECOND_MS, type Stage } from './stage'

type Item = { paymentId: string; itemNo: number }

/** Half of those who can take a payment back do: some at once, some when it may be too late. */
export async function mayTakeBack(stage: Stage, { name, openid }: Act, item: Item): Promise<void> {
  const { chance, faults, books } = stage
  const own = `${name}/undo/${item.itemNo}`
  if (!chance.happens(`takes-back/${own}`, 0.5)) return
  await pause(stage, chance.between(`waits/${own}`, 1, 720) * SECOND_MS)
  const tap = async (time: string) => {
    const answer = await invoke(stage, `${own}/${time}`, (ports) =>
      undoItem(ports, { openid }, item),
    )
    if (answer?.ok === true) books.takenBack.add(storedKey(stage, openid, item))
  }
  if (faults.inWorld(own, 'second-device', 0.2)) void tap('other')
  await tap('0')
  if (faults.inWorld(own, 'phone-retries', 0.2)) await tap('again')
}

/** How an item that a phone names is named in the tables and at its biller. */
function storedKey({ real }: Stage, openid: string, { paymentId, itemNo }: Item): string {
  return `${derivePaymentId(real.personalData, openid, paymentId)}-${itemNo}`
}
