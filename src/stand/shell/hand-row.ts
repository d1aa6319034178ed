import { element } from './element'
import type { PhoneInHand } from './phone-frame'
import { words } from './words'

/** What a hand does to a phone. */
export function handRow(phone: PhoneInHand, holder: () => string): HTMLElement {
  const isWeapp = phone.build === 'weapp'
  return element('div', { className: 'row' }, [
    element('button', {
      text: isWeapp ? words.pull : words.reload,
      onTap: () => phone.inner()?.refresh(),
    }),
    element('button', { text: words.kill, onTap: () => phone.open(holder()) }),
    switchButton(words.airplane, (on) => {
      phone.state.isOnline = !on
    }),
    ...(isWeapp
      ? [
          switchButton(words.albumClosed, (on) => {
            phone.state.isAlbumOpen = !on
          }),
        ]
      : []),
  ])
}

function switchButton(text: string, onTurn: (on: boolean) => void): HTMLElement {
  const button = element('button', { role: 'switch', text })
  button.setAttribute('aria-checked', 'false')
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-checked') !== 'true'
    button.setAttribute('aria-checked', String(on))
    onTurn(on)
  })
  return button
}
