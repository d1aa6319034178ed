import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpAnswer, HttpEvent } from '../cloud/answer-http'

/** A gateway on loopback: an HTTP request becomes CloudBase's event for the `http` function. */
export async function serveNotices(
  answer: (event: HttpEvent) => Promise<HttpAnswer>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      answer({
        path: request.url ?? '/',
        httpMethod: request.method ?? '',
        headers,
        body: Buffer.concat(chunks).toString('base64'),
        isBase64Encoded: true,
      }).then(
        (answered) => {
          response.writeHead(answered.statusCode, answered.headers)
          response.end(answered.body)
        },
        () => response.destroy(),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/wechat-pay/notices`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
