/** One line of the log: pseudonymous ids only, never a request's contents. */
export type LogEntry = {
  level: 'info' | 'warn' | 'error'
  errorId?: string
  call?: string
  event?: string
  paymentId?: string
  error?: unknown
}
export type Log = (entry: LogEntry) => void

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
