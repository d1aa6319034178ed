import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** The function host as a process of its own, to be killed and started again on one port. */
export function killableHost(environment: Record<string, string>, port: number) {
  let child: ChildProcess | undefined
  const url = `http://127.0.0.1:${port}`
  return {
    start: async () => {
      child = spawn(process.execPath, ['--import', 'tsx', 'test/kill/host.ts'], {
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
    call: async (openid: string, call: string, request: object) => {
      const answered = await fetch(`${url}/api`, {
        method: 'POST',
        headers: { 'x-openid': openid },
        body: JSON.stringify({ call, request }),
      })
      return (await answered.json()) as { ok: boolean; reply?: never; reason?: string }
    },
    jobs: async () => {
      await fetch(`${url}/jobs`, { method: 'POST' })
    },
  }
}
