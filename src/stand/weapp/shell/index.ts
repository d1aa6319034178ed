import { element } from './element'
import { faultSwitches, messageList, peopleList, resetCity } from './panel'
import { createPhone } from './phone-frame'
import { tour } from './tour'
import { words } from './words'

/** The stand: a phone, and beside it everything that a visitor may play with. */
async function main(): Promise<void> {
  document.title = words.title
  const phone = createPhone()
  let holder = ''
  const take = (openid: string) => {
    phone.putAside()
    holder = openid
    phone.open(openid)
  }
  const section = (title: string, content: HTMLElement) =>
    element('section', {}, [element('h2', { text: title }), content])
  const people = await peopleList(take)
  const reset = element('button', { className: 'reset', text: words.reset })
  reset.addEventListener('click', () => {
    reset.disabled = true
    reset.textContent = words.resetting
    void resetCity().then(() => {
      localStorage.clear()
      phone.open(holder)
      reset.disabled = false
      reset.textContent = words.reset
      phone.shell.say(words.resetDone)
    })
  })
  document.body.append(
    element('div', { className: 'hand' }, [
      phone.screen,
      handRow(phone, () => holder),
      meterLine(phone),
    ]),
    element('aside', {}, [
      element('h1', { text: words.title }),
      section(words.tour, tour()),
      section(words.who, people),
      section(words.faults, faultSwitches()),
      section(words.messages, messageList()),
      reset,
    ]),
  )
}

/** What a hand does to a phone. */
function handRow(phone: ReturnType<typeof createPhone>, holder: () => string): HTMLElement {
  const airplane = element('button', { role: 'switch', text: words.airplane })
  airplane.setAttribute('aria-checked', 'false')
  airplane.addEventListener('click', () => {
    const on = airplane.getAttribute('aria-checked') !== 'true'
    airplane.setAttribute('aria-checked', String(on))
    phone.setOnline(!on)
  })
  return element('div', { className: 'row' }, [
    element('button', { text: words.pull, onTap: () => phone.inner()?.pullDown() }),
    element('button', { text: words.kill, onTap: () => phone.open(holder()) }),
    airplane,
  ])
}

/** What the page on top costs, as measured here. */
function meterLine(phone: ReturnType<typeof createPhone>): HTMLElement {
  const line = element('p', { className: 'meter' })
  setInterval(() => {
    const inner = phone.inner()
    if (inner === undefined) return
    const { nodes, depth } = inner.measure()
    const bytes = inner.meter.setData.reduce((sum, one) => sum + one.bytes, 0)
    line.textContent = words.meter(inner.meter.setData.length, bytes, nodes, depth)
  }, 1_000)
  return line
}

void main()
