import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newPaymentId } from '../../src/core/payment-id'

const PATIENCE = 240_000
const asWangFang = { cookie: 'wanjia-who=o-demo-wang-fang' }

/** What `npm start` runs, in a process of its own; nothing is left of it after the test. */
function startCommand(...given: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/stand/index.ts', ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk)
    })
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  return {
    child,
    ended,
    said: () => said,
    says: async (what: RegExp) => {
      while (!what.test(said)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`it ended, and had said:\n${said}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
  }
}

/** Listens where nobody does, or on the port that is given. */
async function squat(port = 0) {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    leave: () => new Promise((resolve) => server.close(resolve)),
  }
}

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wanjia-start-'))
  const children: ChildProcess[] = []
  const start = (...given: string[]) => {
    const started = startCommand('--data', folder, ...given)
    children.push(started.child)
    return started
  }
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  let port = ''
  let address = ''
  beforeAll(async () => {
    const found = await squat()
    await found.leave()
    port = String(found.port)
    address = `http://127.0.0.1:${port}`
  })
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', headers: asWangFang, body: JSON.stringify(body) }
    return (await fetch(`${address}${path}`, init)).json() as Promise<{
      reply?: {
        accounts: { accountId: string; bills: { billId: string; total: number }[] }[]
        pay?: { package: string }
        state?: string
      }
    }>
  }
  const dueBill = async () => {
    const { reply } = await post('/api', { call: 'list-accounts', request: {} })
    const account = reply?.accounts.find(({ bills }) => bills.length > 0)
    const [bill] = account?.bills ?? []
    return {
      accountId: account?.accountId,
      billId: bill?.billId,
      amountSeen: bill?.total,
    }
  }

  test(
    'says what to do when it runs already, when its port is taken, and forgets no money when it is killed',
    async () => {
      const first = start('--port', port)
      await first.says(/Wanjia 万家 is open/)
      expect(first.said()).toContain(`${address}/weapp`)

      const second = start()
      expect(await second.ended).toBe(1)
      expect(second.said()).toContain(`the stand is running already at ${address}`)

      // Paid on the sheet, the notice lost, and killed before anybody asked.
      await post('/stand/faults', { weChatPay: { noticeLost: 1 } })
      const paymentId = newPaymentId(Uint8Array.from({ length: 16 }, (_, index) => index))
      const items = [await dueBill()]
      const started = await post('/api', { call: 'start-payment', request: { paymentId, items } })
      const prepayId = (started.reply?.pay?.package ?? '').replace('prepay_id=', '')
      expect(await post(`/sheet/${prepayId}`, { outcome: 'paid' })).toEqual({
        outcome: 'paid',
      })
      first.child.kill('SIGKILL')
      await first.ended

      const again = start('--port', port)
      await again.says(/the demo city is as you left it/)
      await again.says(/Wanjia 万家 is open/)
      const asked = await post('/api', {
        call: 'get-payment',
        request: { paymentId, returned: true },
      })
      expect(asked.reply?.state).toBe('paid')
      again.child.kill('SIGINT')
      expect(await again.ended).toBe(0)
      expect(again.said()).toContain('everything is kept in')

      const squatter = await squat(Number(port))
      const elsewhere = start('--port', port)
      expect(await elsewhere.ended).toBe(1)
      expect(elsewhere.said()).toContain(
        `port ${port} is in use by another program. Choose another port: npm start -- --port`,
      )
      await squatter.leave()
    },
    PATIENCE,
  )

  test(
    'founds the city whole when it was killed in the middle of founding it',
    async () => {
      const other = mkdtempSync(join(tmpdir(), 'wanjia-half-'))
      const run = () => {
        const started = startCommand('--data', other, '--port', port)
        children.push(started.child)
        return started
      }
      const first = run()
      await first.says(/1 of \d people moved in/)
      first.child.kill('SIGKILL')
      await first.ended
      const again = run()
      await again.says(/Wanjia 万家 is open/)
      const { reply } = await post('/api', { call: 'list-accounts', request: {} })
      expect(reply?.accounts).toHaveLength(6)
      again.child.kill('SIGINT')
      await again.ended
      rmSync(other, { recursive: true, force: true })
    },
    PATIENCE,
  )
})
