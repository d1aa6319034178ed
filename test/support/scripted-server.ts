import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBody } from '../../src/simulators/read-body'

export type Heard = { method: string; path: string; headers: IncomingHttpHeaders; body: string }
/** What is answered, or how an answer fails to come. */
export type Said =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'silence'
  | 'hang-up'

/**
 * A neighbour that says what the test tells it, answer by answer (the last one again and again), for
 * answers that a simulator never gives.
 */
export async function scriptedServer(...answers: ((heard: Heard) => Said)[]) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url = '', headers } = request
      heard.push({ method, path: url, headers, body })
      const next = answers[Math.min(heard.length, answers.length) - 1]
      const said = next?.({ method, path: url, headers, body }) ?? 'hang-up'
      if (said === 'silence') return
      if (said === 'hang-up') {
        request.socket.destroy()
        return
      }
      response.writeHead(said.status, said.headers ?? {})
      response.end(said.body ?? '')
    })
  })
  // A test that fails before it closes must not keep the run waiting.
  server.unref()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: heard as readonly Heard[],
    close: (): Promise<void> => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
