import { ask } from './ask'
import { element } from './element'
import { language, words } from './words'

type Names = { zh: string; en: string }
type Person = { openid: string; name: Names; story: Names }

/** The people one can be; choosing one takes their phone in hand. */
export async function peopleList(onChoose: (openid: string) => void): Promise<HTMLElement> {
  const { people, who } = await ask<{ people: Person[]; who: string }>('/stand/people')
  const list = element('div', { className: 'people', role: 'radiogroup', label: words.who })
  const choose = async (openid: string, button: HTMLElement) => {
    await ask('/stand/who', { openid })
    for (const one of list.children) one.setAttribute('aria-checked', String(one === button))
    onChoose(openid)
  }
  for (const { openid, name, story } of people) {
    const button = element(
      'button',
      { role: 'radio', label: name[language], onTap: () => void choose(openid, button) },
      [element('b', { text: name[language] }), element('span', { text: story[language] })],
    )
    button.setAttribute('aria-checked', String(openid === who))
    list.append(button)
  }
  onChoose(who)
  return list
}
