import { ask } from './ask'
import { element } from './element'
import { words } from './words'

type Rates = Record<'weChatPay' | 'billers', Record<string, number>>
type FaultSwitch = { of: keyof Rates; name: string; button: HTMLElement }

/** Switches for faults, drawn as the stand has them; a fault that is on happens every time. */
export function faultSwitches() {
  const switches = (['weChatPay', 'billers'] as const).flatMap((of) =>
    Object.entries(words.faultNames[of]).map(([name, text]): FaultSwitch => {
      const button = element('button', { role: 'switch', label: text, text })
      button.addEventListener('click', () => {
        const isOn = button.getAttribute('aria-checked') === 'true'
        void latest(ask<Rates>('/stand/faults', { [of]: { [name]: isOn ? 0 : 1 } }))
      })
      return { of, name, button }
    }),
  )
  const draw = (rates: Rates) => {
    for (const { of, name, button } of switches) {
      button.setAttribute('aria-checked', String((rates[of][name] ?? 0) > 0))
    }
  }
  let asked = 0
  /** Draws the answer unless something was asked since: a late one would undo what was just switched. */
  const latest = async (answer: Promise<Rates>) => {
    asked += 1
    const turn = asked
    const rates = await answer.catch(() => undefined)
    if (rates !== undefined && turn === asked) draw(rates)
  }
  const refresh = () => latest(ask<Rates>('/stand/faults'))
  // Another window may have switched meanwhile.
  window.addEventListener('focus', () => void refresh())
  void refresh()
  return {
    box: element('div', { className: 'faults' }, [
      ...switches.map(({ button }) => button),
      payLateButton(),
    ]),
    refresh,
  }
}

/** WeChat takes the money of an order that we had closed: rare, and never to be lost. */
function payLateButton(): HTMLElement {
  const button = element('button', {
    text: words.payLate,
    onTap: () =>
      void ask<{ ok: boolean }>('/stand/pay-late', {}).then(({ ok }) => {
        note.textContent = ok ? words.paidLate : words.nothingClosed
      }),
  })
  const note = element('span', { className: 'quiet', role: 'status' })
  return element('div', { className: 'row' }, [button, note])
}
