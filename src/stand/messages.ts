import type { LogEntry } from '../cloud/log'
import { clockSecondsOf, type Instant } from '../core/time'
import type { WeChatPaySimulator } from '../simulators/wechat-pay/create-we-chat-pay'

export type Message = { at: Instant; text: string }

const MOST = 40

/** What was said between the parts, newest first: requests, notices, and what the log tells. */
export function messages(
  weChatPay: WeChatPaySimulator,
  log: readonly (LogEntry & { at: Instant })[],
): { at: string; text: string }[] {
  const all: Message[] = [
    ...weChatPay.requests().map(({ at, method, path, status }) => ({
      at,
      text: `万家 → 微信 ${method} ${path} · ${status}`,
    })),
    ...weChatPay.notices.sent().map(({ at, order, attempt, status }) => ({
      at,
      text: `微信 → 万家 通知 notice ${attempt} · ${order} · ${status}`,
    })),
    ...log.map(({ at, level, event, call, errorId }) => ({
      at,
      text: `万家 ${level} ${event ?? call ?? ''} ${errorId ?? ''}`.trim(),
    })),
  ]
  return all
    .sort((one, other) => other.at - one.at)
    .slice(0, MOST)
    .map(({ at, text }) => ({ at: clockSecondsOf(at), text }))
}
