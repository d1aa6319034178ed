import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStand, type Stand } from '../../src/stand/open-stand'

const FIRST_PORT = 7_600
const BUILD_PATIENCE = 240_000
const DAY_MS = 86_400_000
const asWangFang = { cookie: 'wanjia-who=o-demo-wang-fang' }

describe('the stand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-stand-test-'))
  const told: string[] = []
  const open = (at = folder): Promise<Stand> =>
    openStand({ folder: at, firstPort: FIRST_PORT, tell: (line) => told.push(line) })
  let stand: Stand
  beforeAll(async () => {
    stand = await open()
  }, BUILD_PATIENCE)
  afterAll(async () => {
    await stand.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const call = async (request: object, headers: Record<string, string> = asWangFang) => {
    const init = { method: 'POST', headers, body: JSON.stringify(request) }
    return (await fetch(`${stand.address}/api`, init)).json() as Promise<{
      ok: boolean
      reason?: string
      reply?: { accounts: { accountId: string }[]; knownAs?: string }
    }>
  }

  test('serves both builds, each in a phone with the stand beside it', async () => {
    for (const [path, part] of [
      ['/', '/stand/shell.js'],
      ['/weapp', '/stand/shell.js'],
      ['/h5?who=x', '<head><script src="/stand/h5.js"></script>'],
      ['/h5?who=x', '<div id="app">'],
      ['/weapp/phone?who=x', '/weapp/program.js'],
      ['/weapp/program.js', 'pages/home/index'],
    ] as const) {
      const answer = await fetch(`${stand.address}${path}`)
      expect([path, answer.status]).toEqual([path, 200])
      expect(await answer.text()).toContain(part)
    }
  })

  test('reaches nothing outside its folders', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/weapp/program/../../package.json',
    ]) {
      expect((await fetch(`${stand.address}${path}`)).status).toBe(404)
    }
  })

  test('takes who is calling from its own cookie, never from the body', async () => {
    const mine = await call({ call: 'list-accounts', request: {} })
    expect(mine.reply?.accounts).toHaveLength(6)
    const request = { openid: 'o-demo-wang-fang', userInfo: { openId: 'o-demo-wang-fang' } }
    const stranger = await call(
      { call: 'list-accounts', request, openid: 'o-demo-wang-fang' },
      { cookie: 'wanjia-who=o-demo-newcomer' },
    )
    expect(stranger.reply?.accounts).toHaveLength(0)
  })

  test('answers what is not JSON, or of no known call, with a refusal', async () => {
    const raw = await fetch(`${stand.address}/api`, { method: 'POST', body: 'not json' })
    expect(await raw.json()).toMatchObject({ ok: false, reason: 'malformed' })
    expect(await call({ call: 'drop-tables', request: {} })).toMatchObject({ reason: 'malformed' })
  })

  test('refuses a second owner of its folder, and says where the first is', async () => {
    await expect(open()).rejects.toMatchObject({
      name: 'AlreadyOwned',
      owner: process.pid,
      address: stand.address,
    })
  })

  test('goes on to the next port when one is taken', async () => {
    const squatter = createServer()
    const port = stand.port + 1
    await new Promise<void>((resolve) => {
      squatter.listen(port, '127.0.0.1', () => resolve())
    })
    const other = mkdtempSync(join(tmpdir(), 'wanjia-stand-other-'))
    const second = await open(other)
    expect(second.port).toBeGreaterThan(port)
    await second.stop()
    squatter.close()
    rmSync(other, { recursive: true, force: true })
  })

  test('is as it was left when it is opened again', async () => {
    const before = await call({ call: 'list-accounts', request: {} })
    await stand.stop()
    told.length = 0
    stand = await open()
    expect(told).toContain('the demo city is as you left it')
    const after = await call({ call: 'list-accounts', request: {} })
    expect(after.reply?.accounts).toEqual(before.reply?.accounts)
  })

  test('tells the faults that are set, and the time that was moved on, also after a restart', async () => {
    const post = async (path: string, body: object) =>
      (
        await fetch(`${stand.address}${path}`, { method: 'POST', body: JSON.stringify(body) })
      ).json()
    const faults = { weChatPay: { noticeLost: 1 }, billers: { down: 1 } }
    await post('/stand/faults', faults)
    const told = await (await fetch(`${stand.address}/stand/faults`)).json()
    expect(told).toMatchObject(faults)
    await post('/stand/clock', { forward: DAY_MS })
    await stand.stop()
    stand = await open()
    const { now } = (await (await fetch(`${stand.address}/stand/events`)).json()) as { now: number }
    expect(Math.abs(now - Date.now() - DAY_MS)).toBeLessThan(60_000)
  })

  test('founds the city anew on request, from the first day on', async () => {
    const asNewcomer = { cookie: 'wanjia-who=o-demo-newcomer' }
    const nameOf = async () =>
      (await call({ call: 'get-me', request: {} }, asNewcomer)).reply?.knownAs
    await call({ call: 'save-me', request: { knownAs: '新来的' } }, asNewcomer)
    expect(await nameOf()).toBe('新来的')
    const before = await call({ call: 'list-accounts', request: {} })
    const [first] = before.reply?.accounts ?? []
    await call({ call: 'unbind-account', request: { accountId: first?.accountId } })
    expect((await call({ call: 'list-accounts', request: {} })).reply?.accounts).toHaveLength(5)
    await Promise.all([1, 2].map(() => fetch(`${stand.address}/stand/reset`, { method: 'POST' })))
    expect(told.filter((line) => line === 'the demo city is founded anew')).toHaveLength(1)
    expect((await call({ call: 'list-accounts', request: {} })).reply?.accounts).toHaveLength(6)
    expect(await nameOf()).toBeUndefined()
    const { now } = (await (await fetch(`${stand.address}/stand/events`)).json()) as { now: number }
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000)
  })
})
