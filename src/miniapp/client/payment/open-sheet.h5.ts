import type { RequestPaymentParameters } from '../../../contract/start-payment'

/** What the phone saw of WeChat's sheet. It is never a proof that money moved or did not. */
export type SheetReturn = 'ok' | 'cancelled' | 'failed' | 'not-opened'

type SheetMessage = { type?: string; prepayId?: string; outcome?: string }

/**
 * The sheet of the address that this page came from, over the page; a browser has no WeChat. Never
 * rejects.
 */
export async function openSheet(parameters: RequestPaymentParameters): Promise<SheetReturn> {
  try {
    const opened = await fetch('/sheet/open', { method: 'POST', body: JSON.stringify(parameters) })
    const { prepayId } = (await opened.json()) as { prepayId?: string }
    return prepayId === undefined ? 'failed' : await shown(prepayId)
  } catch {
    return 'failed'
  }
}

function shown(prepayId: string): Promise<SheetReturn> {
  const sheet = document.createElement('iframe')
  sheet.title = '微信支付'
  sheet.src = `/sheet/${prepayId}`
  sheet.style.cssText =
    'position:fixed;left:0;right:0;bottom:0;width:100%;height:480px;border:0;z-index:99;box-shadow:0 -600px 0 600px rgba(0,0,0,.5)'
  document.body.append(sheet)
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent<SheetMessage>) => {
      if (data.type !== 'wechat-pay-sheet' || data.prepayId !== prepayId) return
      window.removeEventListener('message', hear)
      sheet.remove()
      resolve(data.outcome === 'paid' ? 'ok' : data.outcome === 'cancel' ? 'cancelled' : 'failed')
    }
    window.addEventListener('message', hear)
  })
}
