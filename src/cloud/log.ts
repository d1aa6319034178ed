import type { Log } from './use-cases/ports'

export type { Log, LogEntry } from './use-cases/ports'

/** Writes each entry as one line of JSON; an error becomes its chain of messages and its stack. */
export function lineLog(write: (line: string) => void): Log {
  return ({ error, ...entry }) => {
    write(JSON.stringify(error === undefined ? entry : { ...entry, error: chain(error) }))
  }
}

function chain(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack, cause } = error
  return { name, message, stack, ...(cause === undefined ? {} : { cause: chain(cause) }) }
}
