import { cityTime } from './city-time'
import { element } from './element'
import { faultSwitches } from './fault-switches'
import { handRow } from './hand-row'
import { messageList } from './message-list'
import { meterLine } from './meter-line'
import { peopleList } from './people-list'
import { createPhone } from './phone-frame'
import { resetButton } from './reset-button'
import { tour } from './tour'
import { words } from './words'

const build = location.pathname.startsWith('/weapp') ? 'weapp' : 'h5'

/** The stand: a phone, and beside it everything that a visitor may play with. */
async function main(): Promise<void> {
  document.title = words.title
  const time = cityTime()
  const phone = createPhone(build, time.now)
  let holder = ''
  const hand = element('div', { className: 'hand' }, [
    phone.screen,
    handRow(phone, () => holder),
    ...(build === 'weapp' ? [meterLine(phone)] : []),
  ])
  document.body.append(hand)
  const messages = await messageList(time.learn)
  const people = await peopleList((openid) => {
    phone.putAside()
    holder = openid
    phone.open(openid)
  })
  const faults = faultSwitches()
  const reset = resetButton(() => {
    time.learn(Date.now())
    phone.open(holder)
    phone.shell.say(words.resetDone)
    void faults.refresh()
  })
  const section = (title: string, content: HTMLElement) =>
    element('section', {}, [element('h2', { text: title }), content])
  document.body.append(
    element('aside', {}, [
      element('h1', { text: words.title }),
      otherBuild(),
      section(words.tour, tour(words.steps[build])),
      section(words.who, people),
      section(words.faults, faults.box),
      section(words.time, time.box),
      section(words.messages, messages),
      reset,
    ]),
  )
}

function otherBuild(): HTMLElement {
  const link = element('a', { text: words.other[build] })
  link.href = build === 'weapp' ? '/' : '/weapp'
  return element('p', { className: 'quiet' }, [`${words.this[build]} `, link])
}

void main()
