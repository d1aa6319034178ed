import { basename } from 'node:path'

/** From a port to the use case that called it there are fewer calls than this. */
const DEEPEST = 10

/** Where in the use cases a port is called, and what it is asked: 'post-item/tell → biller.post'. */
export function callSite(call: string): string {
  const callers = frames().filter((frame) => frame.getFileName()?.includes('/use-cases/') === true)
  // What is written out in a call has no name; the function around it has.
  const caller = callers.find((frame) => frame.getFunctionName() !== null) ?? callers[0]
  if (caller === undefined) return call
  const file = basename(caller.getFileName() ?? '', '.ts')
  return `${file}/${caller.getFunctionName() ?? ''} → ${call}`
}

/** The calls that led here, without the text that nobody reads. */
function frames(): NodeJS.CallSite[] {
  const usual = { prepare: Error.prepareStackTrace, deepest: Error.stackTraceLimit }
  Error.prepareStackTrace = (_, calls) => calls
  Error.stackTraceLimit = DEEPEST
  const led: { stack?: unknown } = {}
  Error.captureStackTrace(led, callSite)
  const calls = led.stack as NodeJS.CallSite[]
  Error.prepareStackTrace = usual.prepare
  Error.stackTraceLimit = usual.deepest
  return calls
}
