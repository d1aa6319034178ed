import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerSignature } from '../../src/simulators/biller/signed-exchange'
import { answerHeaders } from '../../src/simulators/wechat-pay/sign-answer'
import type { DemoKeys } from '../../src/stand/make-keys'
import { PUBLIC_KEY_ID } from '../../src/stand/neighbours'
import { type DayFile, type DayFiles, textOf } from './day-files'

/** WeChat and the billers on the morning after: files that are made, signed as theirs are, and nothing else. */
export async function serveFiles(files: DayFiles, keys: DemoKeys, now: () => number) {
  const texts = new Map([...files.postings].map(([id, file]) => [id, textOf(file)]))
  const platformKey = { id: PUBLIC_KEY_ID, privateKeyPem: keys.platformPublicKey.privateKey }
  const billerKey = { keyId: 'biller-1', privateKeyPem: keys.biller.privateKey }
  let url = ''

  const bill = (response: ServerResponse, file: DayFile): void => {
    const body = JSON.stringify({
      hash_type: 'SHA1',
      hash_value: file.sha1,
      download_url: `${url}/download?path=${encodeURIComponent(file.path)}`,
    })
    response.writeHead(200, {
      'content-type': 'application/json',
      'Request-ID': 'bench',
      ...answerHeaders(platformKey, body, now()),
    })
    response.end(body)
  }
  const postings = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const requestNonce = String(request.headers['wanjia-nonce'])
    response.writeHead(
      200,
      answerSignature(billerKey, { status: 200, body, requestNonce, now: now() }),
    )
    response.end(body)
  }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (pathname === '/download') {
      createReadStream(searchParams.get('path') ?? '').pipe(response)
      return
    }
    const mchid = /mchid="(\d+)"/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const owner = searchParams.get('sub_mchid') ?? mchid
    const file = (pathname.endsWith('/tradebill') ? files.trade : files.fundFlow).get(owner)
    const [, billerId = ''] = /^\/billers\/([^/]+)\/days\//.exec(pathname) ?? []
    const text = texts.get(billerId)
    if (text !== undefined) postings(request, response, text)
    else if (file !== undefined) bill(response, file)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close: () => server.close() }
}
