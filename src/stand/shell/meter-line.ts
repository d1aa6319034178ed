import type { Phone } from '../weapp/phone'
import { element } from './element'
import type { PhoneInHand } from './phone-frame'
import { words } from './words'

/** What WeChat's build sends to its page, as measured here. */
export function meterLine(phone: PhoneInHand): HTMLElement {
  const line = element('p', { className: 'meter' })
  setInterval(() => {
    const inner = phone.inner<Phone>()
    if (inner === undefined) return
    const { nodes, depth } = inner.measure()
    const bytes = inner.meter.setData.reduce((sum, one) => sum + one.bytes, 0)
    line.textContent = words.meter(inner.meter.setData.length, bytes, nodes, depth)
  }, 1_000)
  return line
}
