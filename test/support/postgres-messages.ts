/** One message of PostgreSQL's protocol: its letter ('' for the startup, which has none), body and bytes. */
export type Message = { type: string; body: Buffer; raw: Buffer }

/** Takes chunks as they come and gives whole messages, in order. */
export function messageReader(
  { withStartup }: { withStartup: boolean },
  take: (message: Message) => void,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  let isStarted = !withStartup
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = isStarted ? 1 : 0
      if (rest.length < head + 4) return
      const end = head + rest.readInt32BE(head)
      if (rest.length < end) return
      const raw = rest.subarray(0, end)
      rest = rest.subarray(end)
      take({ type: raw.toString('latin1', 0, head), body: raw.subarray(head + 4), raw })
      isStarted = true
    }
  }
}
