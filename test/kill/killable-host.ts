import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Books } from './books'

/** Made by config/tasks/test-kill.mjs. */
const HOST = 'dist/test-kill/host.cjs'
/** A phone gives up by itself. */
const PATIENCE_MS = 20_000

/** What a call was answered; undefined when no answer came. */
export type Heard<Reply> =
  | { ok: true; reply: Reply }
  | { ok: false; reason: string; details?: unknown }
  | undefined

export type KillableHost = ReturnType<typeof killableHost>

/** The function host as a process of its own, to be killed and started again on one port. */
export function killableHost(environment: Record<string, string>, port: number) {
  let child: ChildProcess | undefined
  const ask = async (path: string, headers: Record<string, string>, body: string) => {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const url = `http://127.0.0.1:${port}${path}`
      const answered = await fetch(url, { method: 'POST', headers, body, signal })
      return (await answered.json()) as unknown
    } catch {
      return undefined
    }
  }
  return {
    start: async () => {
      child = spawn(process.execPath, [HOST], {
        env: { ...process.env, ...environment, HOST_PORT: String(port) },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ready = once(child.stdout as NodeJS.ReadableStream, 'data')
      const ended = once(child, 'exit').then(() => {
        throw new Error('the host did not start')
      })
      await Promise.race([ready, ended])
      ended.catch(() => undefined)
    },
    /** kill -9: nothing is said, nothing is written any more. */
    kill: async () => {
      const dying = child
      child = undefined
      if (dying === undefined) return
      const gone = once(dying, 'exit')
      dying.kill('SIGKILL')
      await gone
    },
    call: <Reply>(openid: string, call: string, request: object) =>
      ask('/api', { 'x-openid': openid }, JSON.stringify({ call, request })) as Promise<
        Heard<Reply>
      >,
    /** One round of the timers. */
    jobs: () => ask('/jobs', {}, ''),
    /** Undefined while host or database is away. */
    books: () => ask('/books', {}, '') as Promise<Books | undefined>,
  }
}
