import { ask } from './ask'
import { element } from './element'
import { words } from './words'

const EVERY_MS = 2_000

type Events = { now: number; messages: { at: string; text: string }[] }

/**
 * What goes on behind the phone, newest first, looked at every two seconds, each time with the
 * city's time; the first look is over when this resolves.
 */
export async function messageList(learnTime: (now: number) => void): Promise<HTMLElement> {
  const list = element('ol', { className: 'messages', role: 'log', label: words.messages })
  const refresh = async () => {
    const { now, messages } = await ask<Events>('/stand/events')
    learnTime(now)
    list.replaceChildren(
      ...(messages.length === 0
        ? [element('li', { className: 'quiet', text: words.nothingYet })]
        : messages.map(({ at, text }) =>
            element('li', {}, [element('time', { text: at }), element('span', { text })]),
          )),
    )
  }
  const look = async () => {
    await refresh().catch(() => undefined)
    setTimeout(() => void look(), EVERY_MS)
  }
  await look()
  return list
}
