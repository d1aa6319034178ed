import { Session } from 'node:inspector'
import { basename } from 'node:path'

/** How often V8 saw each range of a file run, and the text that ran. */
export type Counted = { file: string; text: string; ranges: Range[] }
export type Range = { start: number; end: number; count: number }

export const USE_CASES = 'src/cloud/use-cases'
const session = new Session()

/** From now on this process counts what of the use cases runs. */
export function startCounting(): void {
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
}

/** What this process ran of the use cases. */
export async function takeCounts(): Promise<Counted[]> {
  const { result } = await post<{ result: Covered[] }>('Profiler.takePreciseCoverage')
  await post('Debugger.enable')
  const own = result.filter(({ url }) => url.includes(`/${USE_CASES}/`))
  return Promise.all(
    own.map(async ({ url, scriptId, functions }) => ({
      file: basename(url.replace(/\?.*$/, '')),
      text: (await post<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId }))
        .scriptSource,
      ranges: functions.flatMap(({ ranges }) =>
        ranges.map(({ startOffset: start, endOffset: end, count }) => ({ start, end, count })),
      ),
    })),
  )
}

type Covered = {
  url: string
  scriptId: string
  functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[]
}

function post<Result>(method: string, parameters: object = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error: Error | null, result?: object) =>
      error === null ? resolve(result as Result) : reject(error),
    )
  })
}
