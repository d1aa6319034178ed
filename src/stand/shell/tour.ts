import { element } from './element'
import { words } from './words'

/** Five steps through the main job, beside the phone. */
export function tour(steps: readonly (readonly [string, string])[]): HTMLElement {
  let at = 0
  const box = element('div', { className: 'tour' })
  const draw = () => {
    const [title = '', text = ''] = steps[at] ?? []
    box.replaceChildren(
      element('b', { text: `${at + 1} / ${steps.length} · ${title}` }),
      element('p', { text }),
      element('div', { className: 'row' }, [
        step(words.previous, at > 0, -1),
        step(words.next, at < steps.length - 1, 1),
      ]),
    )
  }
  const step = (text: string, isOpen: boolean, by: number) => {
    const button = element('button', {
      text,
      onTap: () => {
        at += by
        draw()
      },
    })
    button.disabled = !isOpen
    return button
  }
  draw()
  return box
}
