import { basename } from 'node:path'

/** Where in the use cases a port is called, and what it is asked: 'post-item/tell → biller.post'. */
export function callSite(call: string): string {
  const caller = frames().find((frame) => frame.getFileName()?.includes('/use-cases/') === true)
  if (caller === undefined) return call
  const file = basename(caller.getFileName() ?? '', '.ts')
  return `${file}/${caller.getFunctionName() ?? ''} → ${call}`
}

/** The calls that led here, without the text that nobody reads. */
function frames(): NodeJS.CallSite[] {
  const usual = Error.prepareStackTrace
  Error.prepareStackTrace = (_, calls) => calls
  const { stack } = new Error() as unknown as { stack: NodeJS.CallSite[] }
  Error.prepareStackTrace = usual
  return stack
}
