import { ask } from './ask'
import { element } from './element'
import { words } from './words'

/** Founds the city anew; says so where that failed, and can be tapped again. */
export function resetButton(onDone: () => void): HTMLElement {
  const button = element('button', { className: 'reset', text: words.reset })
  const trouble = element('p', { className: 'trouble', role: 'alert' })
  const reset = async () => {
    button.disabled = true
    button.textContent = words.resetting
    trouble.textContent = ''
    try {
      await ask('/stand/reset', {})
      localStorage.clear()
      onDone()
    } catch {
      trouble.textContent = words.resetFailed
    } finally {
      button.disabled = false
      button.textContent = words.reset
    }
  }
  button.addEventListener('click', () => void reset())
  return element('div', {}, [button, trouble])
}
