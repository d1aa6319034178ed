import { language } from './words'

/** How WeChat's sheet ended, as its client knows it. */
export type SheetResult =
  | { kind: 'paid' }
  | { kind: 'cancelled' }
  | { kind: 'failed'; reason: string }

type SheetMessage = { type?: string; prepayId?: string; outcome?: string }

/**
 * Opens WeChat's pay sheet over the phone with the parameters of wx.requestPayment and waits until
 * it is gone. A payer in airplane mode gets no sheet.
 */
export async function openSheet(
  over: HTMLElement,
  parameters: Record<string, unknown>,
): Promise<SheetResult> {
  const opened = await fetch('/sheet/open', { method: 'POST', body: JSON.stringify(parameters) })
  const { prepayId, fail } = (await opened.json()) as { prepayId?: string; fail?: string }
  if (prepayId === undefined) return { kind: 'failed', reason: fail ?? 'no sheet' }
  const sheet = document.createElement('iframe')
  sheet.className = 'pay-sheet'
  sheet.title = '微信支付'
  sheet.src = `/sheet/${prepayId}?lang=${language}`
  over.append(sheet)
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent<SheetMessage>) => {
      if (data.type !== 'wechat-pay-sheet' || data.prepayId !== prepayId) return
      window.removeEventListener('message', hear)
      sheet.remove()
      resolve(resultOf(data.outcome ?? ''))
    }
    window.addEventListener('message', hear)
  })
}

function resultOf(outcome: string): SheetResult {
  if (outcome === 'paid') return { kind: 'paid' }
  if (outcome === 'cancel') return { kind: 'cancelled' }
  return { kind: 'failed', reason: outcome }
}
