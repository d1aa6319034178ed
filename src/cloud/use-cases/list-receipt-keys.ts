import type { listReceiptKeys as call } from '../../contract/list-receipt-keys'
import { done, type Outcome } from './outcome'
import type { Ports } from './ports'

/** Every public key that a receipt may verify under. */
export async function listReceiptKeys(ports: Ports): Promise<Outcome<typeof call>> {
  const keys = Object.entries(ports.receipts.publicKeys).map(([id, key]) => ({
    id,
    publicKeyHex: Buffer.from(key).toString('hex'),
  }))
  return done<typeof call>({ keys })
}
