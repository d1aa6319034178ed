import { element } from './element'
import type { Question } from './shell-of-phone'

/** WeChat's question over the page (wx.showModal): true for yes. */
export function askOver(screen: HTMLElement, { title, text, yes, no }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (agreed: boolean) => () => {
      veil.remove()
      resolve(agreed)
    }
    const dialog = element('div', { className: 'question', role: 'dialog', label: title || text }, [
      ...(title === '' ? [] : [element('b', { text: title })]),
      element('p', { text }),
      element('div', { className: 'answers' }, [
        ...(no === undefined ? [] : [element('button', { text: no, onTap: answer(false) })]),
        element('button', { className: 'yes', text: yes, onTap: answer(true) }),
      ]),
    ])
    const veil = element('div', { className: 'veil' }, [dialog])
    screen.append(veil)
  })
}
