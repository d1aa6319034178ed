import { element } from './element'
import { language, words } from './words'

type Names = { zh: string; en: string }
type Person = { openid: string; name: Names; story: Names }

const json = async <Answer>(path: string, body?: object): Promise<Answer> => {
  const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(path, request)
  return (await answer.json()) as Answer
}

/** The people one can be; choosing one takes their phone in hand. */
export async function peopleList(onChoose: (openid: string) => void): Promise<HTMLElement> {
  const { people, who } = await json<{ people: Person[]; who: string }>('/stand/people')
  const list = element('div', { className: 'people', role: 'radiogroup', label: words.who })
  for (const person of people) {
    const button = element(
      'button',
      {
        role: 'radio',
        label: person.name[language],
        onTap: async () => {
          await json('/stand/who', { openid: person.openid })
          for (const one of list.children) one.setAttribute('aria-checked', String(one === button))
          onChoose(person.openid)
        },
      },
      [
        element('b', { text: person.name[language] }),
        element('span', { text: person.story[language] }),
      ],
    )
    button.setAttribute('aria-checked', String(person.openid === who))
    list.append(button)
  }
  onChoose(who)
  return list
}

/** Switches for faults: a fault that is on happens every time. */
export function faultSwitches(): HTMLElement {
  const box = element('div', { className: 'faults' })
  for (const [name, text] of Object.entries(words.faultNames)) {
    const button = element('button', { role: 'switch', label: text, text })
    button.setAttribute('aria-checked', 'false')
    button.addEventListener('click', () => {
      const on = button.getAttribute('aria-checked') !== 'true'
      button.setAttribute('aria-checked', String(on))
      void setFault(name, on ? 1 : 0)
    })
    box.append(button)
  }
  return box
}

async function setFault(name: string, rate: number): Promise<void> {
  const [of, fault] = name.includes(':') ? name.split(':') : ['weChatPay', name]
  if (fault === undefined) return
  if (of === 'weChatPay') {
    await json('/stand/faults', { weChatPay: { [fault]: rate } })
    return
  }
  const { billers } = await json<{ billers: string[] }>('/stand/faults')
  for (const biller of billers) {
    await json('/stand/faults', { biller, billerFaults: { [fault]: rate } })
  }
}

type Events = {
  messages: { at: string; text: string }[]
}

/** What goes on behind the phone, newest first, looked at every two seconds. */
export function messageList(): HTMLElement {
  const list = element('ol', { className: 'messages', role: 'log', label: words.messages })
  const refresh = async () => {
    const { messages } = await json<Events>('/stand/events')
    list.replaceChildren(
      ...(messages.length === 0
        ? [element('li', { className: 'quiet', text: words.nothingYet })]
        : messages.map(({ at, text }) =>
            element('li', {}, [element('time', { text: at }), element('span', { text })]),
          )),
    )
  }
  const tick = () => {
    refresh()
      .catch(() => undefined)
      .finally(() => setTimeout(tick, 2_000))
  }
  tick()
  return list
}

export async function resetCity(): Promise<void> {
  await json('/stand/reset', {})
}
