import type { ReplyOf } from '../../../contract/call'
import type { CallName, Calls } from '../../../contract/calls'
import type { Instant } from '../../../core/time'
import { type StoredValue, storedValue } from '../storage'
import type { CloudAnswer } from './call'

/**
 * The last replies, each with the time at which it came, for a page opened without network. They
 * name accounts and masked holders: only so many are kept, and none once an account is unbound.
 */
export type KeptReply<Name extends CallName> = { reply: ReplyOf<Calls[Name]>; asOf: Instant }

const MOST_KEPT = 40

/** The names under which something may be kept, the one written last at the end. */
const names = storedValue<string[]>('kept')

/** The last reply under a key, or undefined. */
export function readKept<Name extends CallName>(
  name: Name,
  key: string | undefined,
): KeptReply<Name> | undefined {
  return key === undefined ? undefined : place<KeptReply<Name>>(nameOf(name, key)).read()
}

/** Keeps a reply under its key; a refusal lets go what was kept there, no answer changes nothing. */
export function keepAnswer<Name extends CallName>(
  name: Name,
  key: string | undefined,
  answer: CloudAnswer<Name>,
): void {
  if (key === undefined) return
  if (answer.ok) keep(name, key, { reply: answer.reply, asOf: Date.now() })
  else if (answer.reason !== 'offline' && answer.reason !== 'try-again') {
    place(nameOf(name, key)).drop()
  }
}

/** Keeps a reply under its key and lets the oldest go; a phone whose storage is full does without. */
export function keep<Name extends CallName>(name: Name, key: string, kept: KeptReply<Name>): void {
  const own = nameOf(name, key)
  const all = [...(names.read() ?? []).filter((one) => one !== own), own]
  try {
    names.write(all.slice(-MOST_KEPT))
    place(own).write(kept)
    for (const oldest of all.slice(0, -MOST_KEPT)) place(oldest).drop()
  } catch {
    place(own).drop()
  }
}

/** Lets all of them go. */
export function dropKeptReplies(): void {
  for (const name of names.read() ?? []) place(name).drop()
  names.drop()
}

function nameOf(name: CallName, key: string): string {
  return `${name}/${key}`
}

function place<T>(name: string): StoredValue<T> {
  return storedValue<T>(`kept/${name}`)
}
