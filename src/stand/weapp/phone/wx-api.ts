import { meter } from './meter'

type Callbacks = {
  success?: (result: object) => void
  fail?: (result: { errMsg: string }) => void
  complete?: (result: object) => void
}
export type Api = (options?: object) => Promise<object> | undefined

/** A refusal with more than words: what WeChat puts beside errMsg. */
export class ApiFault extends Error {
  constructor(
    message: string,
    readonly more: object = {},
  ) {
    super(message)
  }
}

/**
 * WeChat's calling convention round a plain function: with callbacks they are called, with none the
 * result is a promise; `errMsg` says `name:ok` or `name:fail …`.
 */
export function asApi(name: string, run: (options: never) => unknown): Api {
  const last = name.split('.').at(-1) ?? name
  return (options = {}) => {
    const { success, fail, complete, ...rest } = options as Callbacks
    const record = { name, options: plainCopy(rest) } as (typeof meter.calls)[number]
    meter.calls.push(record)
    meter.busy += 1
    const result = Promise.resolve()
      .then(() => run(rest as never))
      .then((answer) => ({ errMsg: `${last}:ok`, ...(answer as object | undefined) }))
      .finally(() => {
        meter.busy -= 1
      })
    const told = result.then(
      (answer) => {
        record.ok = true
        success?.(answer)
        complete?.(answer)
        return answer
      },
      (fault: unknown) => {
        record.ok = false
        const failure = failureOf(last, fault)
        fail?.(failure)
        complete?.(failure)
        throw failure
      },
    )
    if (success === undefined && fail === undefined && complete === undefined) return told
    told.catch(() => undefined)
    return undefined
  }
}

function failureOf(name: string, fault: unknown): { errMsg: string } {
  const message = fault instanceof Error ? fault.message : String(fault)
  const more = fault instanceof ApiFault ? fault.more : {}
  return { ...more, errMsg: `${name}:fail ${message}` }
}

function plainCopy(value: object): unknown {
  try {
    return JSON.parse(JSON.stringify(value))
  } catch {
    return undefined
  }
}
