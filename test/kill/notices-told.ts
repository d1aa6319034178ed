import type { WeChatPaySimulator } from '../../src/simulators/wechat-pay/create-we-chat-pay'
import type { Journal } from './journal'

const EVERY_MS = 20

/** Writes down each notice that was answered with 204, from payments and refunds alike. */
export function keepNotices({ notices }: WeChatPaySimulator, journal: Journal) {
  let seen = 0
  const keep = () => {
    const sent = notices.sent().slice(seen)
    seen += sent.length
    for (const { order, status } of sent) {
      if (status === 204) journal.write({ told: 'notice', number: order })
    }
  }
  const timer = setInterval(keep, EVERY_MS)
  return {
    stop: (): void => {
      clearInterval(timer)
      keep()
    },
  }
}
