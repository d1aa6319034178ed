import '../../../client/text-coding'
import { useState } from 'react'
import { type ReadReceipt, readReceipt } from '../../../../core/receipt/read-receipt'
import { callCloud, type Refused } from '../../../client/cloud/call'
import { useCall } from '../../../client/cloud/use-call'
import { scanText } from '../../../client/scan/scan-text'
import { type Checked, keepChecked } from '../checked'

type Asked = { request: { code: string } | { receiptNumber: string }; text: string }

export type UsedCheck = {
  checked: Checked | undefined
  refusal: Refused<'check-receipt'> | undefined
  isBusy: boolean
  scan: () => Promise<void>
  typeNumber: (receiptNumber: string) => Promise<void>
  /** Checks the same receipt once more. */
  again: () => Promise<void>
}

/**
 * Checks a code: the signature on the phone at once, then everything at the server. Without network
 * the signature alone decides, with the keys of the last time there was one. No verdict stays on the
 * screen once the next check begins: it would be taken for the next person's.
 */
export function useCheck(): UsedCheck {
  const keys = useCall('list-receipt-keys', {}, { keep: 'all' })
  const [checked, setChecked] = useState<Checked>()
  const [refusal, setRefusal] = useState<UsedCheck['refusal']>()
  const [isBusy, setBusy] = useState(false)
  const [asked, setAsked] = useState<Asked>()

  const show = (next: Checked | undefined, why?: UsedCheck['refusal']) => {
    keepChecked(next)
    setChecked(next)
    setRefusal(why)
  }
  const look = async (next: Asked) => {
    const { request, text: scanned } = next
    show(undefined)
    setAsked(next)
    setBusy(true)
    const read = 'code' in request ? readReceipt(request.code, publicKeys()) : undefined
    const answer = await callCloud('check-receipt', request)
    setBusy(false)
    const signed = read?.ok === true ? read.body : undefined
    if (answer.ok) return show({ kind: 'online', reply: answer.reply, signed, scanned })
    const alone = answer.reason === 'offline' ? withoutNetwork(read, scanned) : undefined
    show(alone, alone === undefined ? answer : undefined)
  }
  const publicKeys = () =>
    Object.fromEntries(
      (keys.reply?.keys ?? []).map(({ id, publicKeyHex }) => [id, bytesOf(publicKeyHex)]),
    )
  return {
    checked,
    refusal,
    isBusy,
    scan: async () => {
      show(undefined)
      const text = await scanText()
      if (text !== undefined) await look({ request: { code: text }, text })
    },
    typeNumber: (receiptNumber) => look({ request: { receiptNumber }, text: receiptNumber }),
    again: async () => {
      if (asked !== undefined) await look(asked)
    },
  }
}

/** What the signature alone tells; nothing of one whose key this phone has not seen. */
function withoutNetwork(read: ReadReceipt | undefined, scanned: string): Checked | undefined {
  if (read === undefined) return undefined
  if (read.ok) return { kind: 'offline', signed: read.body }
  return read.reason === 'unknown-key' ? undefined : { kind: 'foreign', why: read.reason, scanned }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
