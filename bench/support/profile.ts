import { Session } from 'node:inspector/promises'
import { basename } from 'node:path'

const TOP = 5

/** Where the time of a piece of work goes in this process: the five largest shares, waiting among them. */
export async function profiled(work: () => Promise<unknown>): Promise<string[]> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const spent = new Map<string, number>()
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const name = names.get(id) ?? '(unknown)'
    spent.set(name, (spent.get(name) ?? 0) + (profile.timeDeltas?.[index] ?? 0))
  }
  const total = [...spent.values()].reduce((sum, time) => sum + time, 0)
  return [...spent]
    .sort(([, one], [, other]) => other - one)
    .slice(0, TOP)
    .map(([name, time]) => `${Math.round((100 * time) / total)} % ${name}`)
}

/** V8 calls it idle when the process waits for its neighbours: here, for the database. */
function nameOf({
  functionName,
  url,
  lineNumber,
}: {
  functionName: string
  url: string
  lineNumber: number
}) {
  if (functionName === '(idle)') return 'waiting for PostgreSQL'
  if (functionName.startsWith('(')) return functionName.slice(1, -1)
  const place = url === '' ? 'native' : `${basename(url)}:${lineNumber + 1}`
  return `${functionName || 'anonymous'} (${place})`
}
