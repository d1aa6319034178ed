import { useState } from 'react'
import { readReceipt } from '../../../../core/receipt/read-receipt'
import { callCloud, type Refused } from '../../../client/cloud/call'
import { useCall } from '../../../client/cloud/use-call'
import { scanText } from '../../../client/scan/scan-text'
import { type Checked, keepChecked } from '../checked'

export type UsedCheck = {
  checked: Checked | undefined
  refusal: Refused<'check-receipt'> | undefined
  isBusy: boolean
  scan: () => Promise<void>
  typeNumber: (receiptNumber: string) => Promise<void>
}

/**
 * Checks a code: the signature on the phone at once, then everything at the server. Without network
 * the signature alone decides, with the keys of the last time there was one.
 */
export function useCheck(): UsedCheck {
  const keys = useCall('list-receipt-keys', {}, { keep: 'all' })
  const [checked, setChecked] = useState<Checked>()
  const [refusal, setRefusal] = useState<UsedCheck['refusal']>()
  const [isBusy, setBusy] = useState(false)

  const show = (next: Checked) => {
    keepChecked(next)
    setChecked(next)
  }
  const look = async (request: { code: string } | { receiptNumber: string }, scanned: string) => {
    setBusy(true)
    setRefusal(undefined)
    const read = 'code' in request ? readReceipt(request.code, publicKeys()) : undefined
    const answer = await callCloud('check-receipt', request)
    setBusy(false)
    const signed = read?.ok === true ? read.body : undefined
    if (answer.ok) return show({ kind: 'online', reply: answer.reply, signed, scanned })
    if (answer.reason === 'offline' && read !== undefined) {
      if (signed !== undefined) return show({ kind: 'offline', signed })
      if (!read.ok) return show({ kind: 'foreign', why: read.reason, scanned })
    }
    setRefusal(answer)
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
      const text = await scanText()
      if (text !== undefined) await look({ code: text }, text)
    },
    typeNumber: (receiptNumber) => look({ receiptNumber }, receiptNumber),
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
