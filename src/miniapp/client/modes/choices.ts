import { storedValue } from '../storage'

/** What the resident chose in "Me"; `follow` is the phone's own setting. */
export type Choices = {
  theme: 'follow' | 'light' | 'dark'
  care: 'follow' | 'on' | 'off'
  language: 'follow' | 'zh' | 'en'
}

const FOLLOW: Choices = { theme: 'follow', care: 'follow', language: 'follow' }
const stored = storedValue<Choices>('modes')
const listeners = new Set<() => void>()
let current: Choices | undefined

export function choices(): Choices {
  current ??= { ...FOLLOW, ...stored.read() }
  return current
}

/** Keeps a choice and tells every open page. */
export function choose(change: Partial<Choices>): void {
  current = { ...choices(), ...change }
  stored.write(current)
  for (const listener of listeners) listener()
}

export function onChoice(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
