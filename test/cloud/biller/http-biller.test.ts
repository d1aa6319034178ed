import { createHttpBiller } from '../../../src/cloud/billers/http-biller'
import { answerSignature } from '../../../src/simulators/biller/signed-exchange'
import { aPosting, billerAtHand, OURS, THEIRS } from '../../support/biller-at-hand'
import { type Said, scriptedServer } from '../../support/scripted-server'
import { KEYS, TODAY } from '../../support/town'

type Hand = Awaited<ReturnType<typeof billerAtHand>>
type Heard = Parameters<Parameters<typeof scriptedServer>[0]>[0]

const POSTED = JSON.stringify({ state: 'posted', postingNumber: 'LZ-1', postedAt: TODAY })

describe('a biller’s answer', () => {
  /** Signed as a biller does, but for what the test changes. */
  const answer =
    (
      change: {
        status?: number
        body?: string
        now?: number
        nonce?: string
        key?: typeof THEIRS
      } = {},
      sent: { body?: string; status?: number } = {},
    ) =>
    ({ headers }: Heard): Said => {
      const { status = 200, body = POSTED, now = TODAY, key = THEIRS } = change
      const requestNonce = change.nonce ?? String(headers['wanjia-nonce'])
      const signed = answerSignature(key, { status, body, requestNonce, now })
      return { status: sent.status ?? status, headers: signed, body: sent.body ?? body }
    }
  const tell = async (...answers: ((heard: Heard) => Said)[]) => {
    const server = await scriptedServer(...answers)
    const biller = createHttpBiller({
      billerId: 'liuzhen-water',
      baseUrl: server.url,
      ourKey: OURS,
      billerKeys: { [THEIRS.keyId]: KEYS.biller.publicKey },
      now: () => TODAY,
    })
    return biller.post(aPosting()).finally(() => server.close())
  }

  it('is believed when its signature holds', async () => {
    expect(await tell(answer())).toEqual(JSON.parse(POSTED))
    expect(await tell(answer({ now: TODAY - 299_000 }))).toMatchObject({ state: 'posted' })
  })

  it.each<[string, (heard: Heard) => Said]>([
    ['unsigned', () => ({ status: 200, body: POSTED })],
    ['stale', answer({ now: TODAY - 301_000 })],
    ['from the future', answer({ now: TODAY + 301_000 })],
    [
      'signed by another’s key under its name',
      answer({ key: { ...THEIRS, privateKeyPem: KEYS.ours.privateKey } }),
    ],
    ['under a key that is not held', answer({ key: { ...THEIRS, keyId: 'biller-9' } })],
    ['under a name that every object has', answer({ key: { ...THEIRS, keyId: 'constructor' } })],
    ['another than was signed', answer({}, { body: POSTED.replace('LZ-1', 'LZ-2') })],
    ['of another status than was signed', answer({ status: 404 }, { status: 200 })],
    ['to another request', answer({ nonce: '0'.repeat(32) })],
  ])('that is %s counts as none: what became of the posting is unknown', async (_, said) => {
    await expect(tell(said)).rejects.toMatchObject({
      name: 'BillerFault',
      message: expect.stringContaining('unsigned answer'),
    })
  })

  it.each<[string, (heard: Heard) => Said]>([
    ['that is not JSON', answer({ body: 'posted' })],
    ['of a state that there is not', answer({ body: '{"state":"perhaps"}' })],
    ['without its number', answer({ body: '{"state":"posted","postedAt":1}' })],
    ['with a reason that there is not', answer({ body: '{"state":"rejected","code":"mood"}' })],
    ['400', answer({ status: 400, body: '{"code":"malformed"}' })],
    ['500', answer({ status: 500, body: '{"code":"oops"}' })],
    ['that never comes', () => 'hang-up'],
  ])('%s is a fault, not a rejection', async (_, said) => {
    await expect(tell(said)).rejects.toMatchObject({ name: 'BillerFault' })
  })

  it('of a posting seen before is followed by the question what became of it', async () => {
    const seen = answer({ status: 409, body: '{"code":"seen-before"}' })
    expect(await tell(seen, answer())).toMatchObject({ postingNumber: 'LZ-1' })
    await expect(tell(seen, answer({ body: '{"state":"absent"}' }))).rejects.toMatchObject({
      name: 'BillerFault',
    })
  })
})

describe('our client and a biller’s simulator under a path of its own', () => {
  let hand: Hand
  let opened: Hand[]
  const another = async (client: Parameters<typeof billerAtHand>[0]) => {
    const one = await billerAtHand(client)
    opened.push(one)
    return one
  }
  beforeEach(async () => {
    opened = []
    hand = await another({})
  })
  afterEach(async () => {
    for (const one of opened) await one.close()
  })

  it('agree: account, bills, posting and its status', async () => {
    const { client } = hand
    expect(await client.findAccount('100217')).toMatchObject({ holderName: '李桂花' })
    expect(await client.bills('100217')).toMatchObject([{ billId: '2026-10', status: 'due' }])
    expect(await client.postingStatus('p-1')).toEqual({ state: 'absent' })
    const outcome = await client.post(aPosting())
    expect(outcome).toEqual({
      state: 'posted',
      postingNumber: 'LZ20261116-00001',
      postedAt: TODAY,
    })
    expect(await client.post(aPosting())).toEqual(outcome)
    expect(await client.postingStatus('p-1')).toEqual(outcome)
  })

  it('of an account that there is not: none, and no bills; elsewhere than there: a fault', async () => {
    expect(await hand.client.findAccount('999999')).toBeNull()
    expect(await hand.client.bills('999999')).toEqual([])
    const astray = await another({ baseUrl: new URL(hand.baseUrl).origin })
    await expect(astray.client.findAccount('100217')).rejects.toMatchObject({ name: 'BillerFault' })
  })

  it('a slash at the end of the configured address changes nothing', async () => {
    const again = await another({ baseUrl: `${hand.baseUrl}/` })
    expect(await again.client.findAccount('100217')).not.toBeNull()
  })

  it.each([
    ['an account that there is not', { accountNumber: '999999' }, 'no-such-account'],
    ['a bill that there is not', { billId: '2026-01' }, 'nothing-owed'],
    ['an older revision', { revision: 2 }, 'nothing-owed'],
    ['another principal', { principal: 1, amount: 101 }, 'amount-differs'],
    ['a sum that is none', { amount: 1 }, 'amount-differs'],
  ])('a posting of %s is rejected, for ever', async (_, change, code) => {
    const posting = { ...aPosting(), ...change } as ReturnType<typeof aPosting>
    expect(await hand.client.post(posting)).toEqual({ state: 'rejected', code })
    expect(await hand.client.post(posting)).toEqual({ state: 'rejected', code })
  })

  it('time-out after posting: unknown, and then found posted, once', async () => {
    hand.simulator.setFaults({ timeOutAfterPosting: 1 })
    await expect(hand.client.post(aPosting())).rejects.toMatchObject({ name: 'BillerFault' })
    hand.simulator.setFaults({ timeOutAfterPosting: 0 })
    expect(await hand.client.postingStatus('p-1')).toMatchObject({ state: 'posted' })
    expect(hand.simulator.books.credits()).toHaveLength(1)
  })

  it('a duplicate that is called an error is asked about', async () => {
    const first = await hand.client.post(aPosting())
    hand.simulator.setFaults({ duplicateSaysError: 1 })
    expect(await hand.client.post(aPosting())).toEqual(first)
    expect(hand.simulator.books.credits()).toHaveLength(1)
  })

  it('a closed window rejects and books nothing; the same posting is taken later', async () => {
    hand.simulator.setFaults({ closedWindow: 1 })
    expect(await hand.client.post(aPosting())).toEqual({ state: 'rejected', code: 'closed-window' })
    expect(await hand.client.postingStatus('p-1')).toEqual({ state: 'absent' })
    hand.simulator.setFaults({ closedWindow: 0 })
    expect(await hand.client.post(aPosting())).toMatchObject({ state: 'posted' })
  })

  it('a biller that is down answers nothing, and nothing is booked', async () => {
    hand.simulator.setFaults({ down: 1 })
    await expect(hand.client.post(aPosting())).rejects.toMatchObject({ name: 'BillerFault' })
    await expect(hand.client.findAccount('100217')).rejects.toMatchObject({ name: 'BillerFault' })
    expect(hand.simulator.books.credits()).toEqual([])
  })

  it.each([
    ['a key that the biller does not know', { ourKey: { ...OURS, keyId: 'somebody' } }],
    ['another’s key', { ourKey: { ...OURS, privateKeyPem: KEYS.biller.privateKey } }],
  ])('the biller answers 401 to %s, and that decides nothing', async (_, client) => {
    const stranger = await another(client)
    await expect(stranger.client.post(aPosting())).rejects.toThrow('unreadable answer 401')
    expect(stranger.simulator.books.credits()).toEqual([])
  })
})
