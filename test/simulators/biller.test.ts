import { createHash, sign } from 'node:crypto'
import { aPosting, billerAtHand, OURS } from '../support/biller-at-hand'
import { TODAY } from '../support/town'

type Hand = Awaited<ReturnType<typeof billerAtHand>>

describe('a biller’s simulator, spoken to by hand', () => {
  let hand: Hand
  beforeAll(async () => {
    hand = await billerAtHand()
  })
  afterAll(() => hand.close())

  type Change = {
    signedPath?: string
    signedBody?: string
    at?: number
    headers?: Record<string, string>
  }
  const ask = async (method: string, path: string, body = '', change: Change = {}) => {
    const { signedPath = path, signedBody = body, at = TODAY, headers = {} } = change
    const time = String(at / 1000)
    const nonce = '0f'.repeat(16)
    const digest = createHash('sha256').update(signedBody).digest('hex')
    const message = `${method} ${signedPath}\n${time}\n${nonce}\n${OURS.keyId}\n${digest}\n`
    const answer = await fetch(`${new URL(hand.baseUrl).origin}${path}`, {
      method,
      headers: {
        'Wanjia-Timestamp': time,
        'Wanjia-Nonce': nonce,
        'Wanjia-Key-Id': OURS.keyId,
        'Wanjia-Signature': sign(null, Buffer.from(message), OURS.privateKeyPem).toString('base64'),
        ...headers,
      },
      ...(body === '' ? {} : { body }),
    })
    return [answer.status, ((await answer.json()) as { code?: string }).code]
  }

  it('answers what is signed as the protocol says', async () => {
    expect(await ask('GET', '/wanjia/accounts/100217')).toEqual([200, undefined])
    expect(await ask('POST', '/wanjia/postings', JSON.stringify(aPosting()))).toEqual([
      200,
      undefined,
    ])
  })

  it.each<[string, Change, string]>([
    ['a clock six minutes off', { at: TODAY - 360_000 }, 'clock'],
    ['a time that is none', { headers: { 'Wanjia-Timestamp': 'now' } }, 'clock'],
    ['a key of another name', { headers: { 'Wanjia-Key-Id': 'somebody' } }, 'key'],
    ['no nonce', { headers: { 'Wanjia-Nonce': '' } }, 'headers'],
    [
      'a signature of the path without what stands before it',
      { signedPath: '/accounts/100217' },
      'signature',
    ],
    ['a signature of another account', { signedPath: '/wanjia/accounts/100218' }, 'signature'],
    ['a signature of another body', { signedBody: '{}' }, 'signature'],
  ])('refuses %s', async (_, change, code) => {
    expect(await ask('GET', '/wanjia/accounts/100217', '', change)).toEqual([401, code])
  })

  it.each([
    ['GET', '/wanjia/postings'],
    ['GET', '/wanjia/accounts/100217/readings'],
    ['GET', '/wanjia/postings/p-1/bills'],
    ['GET', '/accounts/100217'],
    ['POST', '/wanjia/accounts/100217'],
  ])('knows no %s %s', async (method, path) => {
    expect(await ask(method, path)).toEqual([404, 'no-such-path'])
  })

  it.each([
    ['no posting', ''],
    ['no JSON', 'posting'],
    ['a field less', JSON.stringify({ ...aPosting(), quotedAt: undefined })],
    ['a field more', JSON.stringify({ ...aPosting(), colour: 'red' })],
    ['an amount in yuan', JSON.stringify({ ...aPosting(), amount: 27.78 })],
    ['an amount in words', JSON.stringify({ ...aPosting(), amount: '2778' })],
  ])('refuses %s', async (_, body) => {
    expect(await ask('POST', '/wanjia/postings', body)).toEqual([400, 'malformed'])
  })
})
