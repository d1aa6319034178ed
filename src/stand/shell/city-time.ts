import { clockTimeOf, dateOf } from '../../core/time'
import { ask } from './ask'
import { element } from './element'
import { words } from './words'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const STEPS = [
  [words.minutesLater, { forward: 20 * MINUTE_MS }],
  [words.dayLater, { forward: DAY_MS }],
  [words.lateEvening, { to: '23:40' }],
] as const

/** The city's clock: read by the phone, moved on by the visitor. */
export function cityTime() {
  let ahead = 0
  const now = () => Date.now() + ahead
  const said = element('time', { className: 'now' })
  const learn = (told: number) => {
    ahead = told - Date.now()
    said.textContent = `${dateOf(now())} ${clockTimeOf(now())}`
  }
  const move = async (by: object) => {
    const { now: told } = await ask<{ now: number }>('/stand/clock', by)
    learn(told)
  }
  const buttons = STEPS.map(([text, by]) => element('button', { text, onTap: () => void move(by) }))
  return { now, learn, box: element('div', { className: 'row time' }, [said, ...buttons]) }
}
