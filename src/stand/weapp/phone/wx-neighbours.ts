import { phoneShell } from './program'
import { ApiFault } from './wx-api'

/** CloudBase's code when the network is gone; from -404000 down it speaks of the function. */
const NO_NETWORK = -1

type FunctionCall = { name: string; data: unknown }

/** What WeChat does outside the phone, wired to the stand: functions, the pay sheet, the camera. */
export const neighbours = {
  'cloud.callFunction': async ({ name, data }: FunctionCall) => {
    if (phoneShell()?.isOnline() === false) {
      throw new ApiFault('request:fail ', { errCode: NO_NETWORK })
    }
    if (name !== 'api') throw new ApiFault('function not found', { errCode: -501_000 })
    let response: Response
    try {
      response = await fetch('/api', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(data),
      })
    } catch {
      throw new ApiFault('request:fail ', { errCode: NO_NETWORK })
    }
    if (!response.ok) throw new ApiFault('function failed', { errCode: -504_002 })
    return { result: (await response.json()) as unknown, requestID: crypto.randomUUID() }
  },
  requestPayment: async (parameters: Record<string, unknown>) => {
    const shell = phoneShell()
    if (shell === undefined) throw new ApiFault('no WeChat around this page')
    const result = await shell.openSheet(parameters)
    if (result.kind === 'cancelled') throw new ApiFault('cancel')
    if (result.kind === 'failed') throw new ApiFault(result.reason)
    return {}
  },
  scanCode: async () => {
    const text = await phoneShell()?.scan()
    if (text === undefined) throw new ApiFault('cancel')
    return { result: text, scanType: 'QR_CODE', charSet: 'UTF-8', path: '' }
  },
  makePhoneCall: ({ phoneNumber }: { phoneNumber: string }) => {
    phoneShell()?.say(`☎ ${phoneNumber}`)
  },
  getRandomValues: ({ length }: { length: number }) => ({
    randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer,
  }),
}
