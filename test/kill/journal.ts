import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'

/**
 * What somebody outside was told, and may rely on from then on. Of a notice the order's or refund's
 * number: it was answered with 204, and WeChat does not repeat it.
 */
export type Acknowledged =
  | { told: 'started'; openid: string; phonePaymentId: string; amountFen: number }
  | { told: 'paid'; openid: string; phonePaymentId: string }
  | { told: 'posted'; openid: string; phonePaymentId: string; itemNo: number; posting: string }
  | { told: 'notice'; number: string }

export type Journal = ReturnType<typeof openJournal>

/** A file of its own, outside the database: each line is on the disk before anything goes on. */
export function openJournal(file: string) {
  const descriptor = openSync(file, 'a')
  let lines = 0
  return {
    write: (entry: Acknowledged): void => {
      writeSync(descriptor, `${JSON.stringify(entry)}\n`)
      fsyncSync(descriptor)
      lines += 1
    },
    lines: () => lines,
    close: () => closeSync(descriptor),
  }
}

export function readJournal(file: string): Acknowledged[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Acknowledged)
}
