import type { ReplyOf } from '../../../contract/call'
import type { CallName, Calls } from '../../../contract/calls'
import type { Instant } from '../../../core/time'
import { type StoredValue, storedValue } from '../storage'

/** The last reply of a call, with the time at which it came, for a page opened without network. */
export type KeptReply<Name extends CallName> = { reply: ReplyOf<Calls[Name]>; asOf: Instant }

/** The last reply under a key, or undefined. */
export function readKept<Name extends CallName>(
  name: Name,
  key: string | undefined,
): KeptReply<Name> | undefined {
  return key === undefined ? undefined : place(name, key).read()
}

/** Keeps the last reply; a phone whose storage is full does without. */
export function keep<Name extends CallName>(
  name: Name,
  key: string | undefined,
  kept: KeptReply<Name>,
): void {
  if (key === undefined) return
  try {
    place(name, key).write(kept)
  } catch {
    place(name, key).drop()
  }
}

function place<Name extends CallName>(name: Name, key: string): StoredValue<KeptReply<Name>> {
  return storedValue<KeptReply<Name>>(`kept/${name}/${key}`)
}
