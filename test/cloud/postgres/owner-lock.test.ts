import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedDatabase } from '../../../src/cloud/postgres/embedded-database'
import { takeFolder } from '../../../src/cloud/postgres/owner-lock'

const PATIENCE = 120_000
const ROUNDS = 40
const STARTERS = 4
/** No process has this id: Linux gives at most 4,194,304. */
const NOBODYS_ID = 2_147_483_646

/** Takes one folder after the other, each at its own moment, and says which it got. */
const STARTER = `
  const { takeFolder } = require('${process.cwd()}/src/cloud/postgres/owner-lock.ts')
  process.stdin.once('data', (text) => {
    const { folders, from, everyMs } = JSON.parse(String(text))
    const got = folders.map((folder, round) => {
      while (Date.now() < from + round * everyMs) {}
      try { takeFolder(folder, 'starter'); return true }
      catch (error) { if (error.name !== 'AlreadyOwned') throw error; return false }
    })
    process.stdout.write(JSON.stringify(got))
  })
  process.stdin.once('end', () => process.exit(0))
  process.stdout.write('ready ')
`

function starter() {
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', STARTER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += String(chunk)
  })
  const says = async (what: RegExp) => {
    while (!what.test(said)) {
      if (child.exitCode !== null) throw new Error('the starter ended too early')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return said
  }
  return { child, says }
}

describe('the folder of the embedded database', () => {
  const root = mkdtempSync(join(tmpdir(), 'wanjia-owner-'))
  let made = 0
  const aFolder = (): string => {
    made += 1
    const folder = join(root, String(made))
    mkdirSync(folder)
    return folder
  }
  const leftBy = (pid: number): string => {
    const folder = aFolder()
    writeFileSync(join(folder, 'owner-1.lock'), JSON.stringify({ pid, address: 'gone' }))
    return folder
  }
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  test('has one owner; a second is told who that is and where', () => {
    const folder = aFolder()
    takeFolder(folder, 'http://127.0.0.1:7300')
    expect(() => takeFolder(folder)).toThrow(
      expect.objectContaining({ owner: process.pid, address: 'http://127.0.0.1:7300', folder }),
    )
  })

  test('is free again once it was given back', () => {
    const folder = aFolder()
    const giveBack = takeFolder(folder)
    giveBack()
    expect(takeFolder(folder)).toBeInstanceOf(Function)
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test.each([
    ['a process that is gone', NOBODYS_ID],
    ['a process that had this id, in a container that was started anew', process.pid],
  ])('is taken over from %s', (_, pid) => {
    const folder = leftBy(pid)
    takeFolder(folder)
    expect(() => takeFolder(folder)).toThrow('is in use by process')
  })

  test('is refused while another process lives', () => {
    expect(() => takeFolder(leftBy(process.ppid))).toThrow(`in use by process ${process.ppid}`)
  })

  test(
    'goes to exactly one of several starters at the same moment, also over a dead lock',
    async () => {
      const folders = Array.from({ length: ROUNDS }, (_, round) =>
        round % 2 === 0 ? leftBy(NOBODYS_ID) : aFolder(),
      )
      const starters = Array.from({ length: STARTERS }, starter)
      await Promise.all(starters.map(({ says }) => says(/ready/)))
      const plan = JSON.stringify({ folders, from: Date.now() + 300, everyMs: 20 })
      for (const { child } of starters) child.stdin.write(plan)
      const said = await Promise.all(starters.map(({ says }) => says(/\]/)))
      for (const { child } of starters) child.stdin.end()
      const got = said.map((text) => JSON.parse(text.replace('ready ', '')) as boolean[])
      const owners = folders.map((_, round) => got.filter((one) => one[round]).length)
      expect(owners).toEqual(folders.map(() => 1))
    },
    PATIENCE,
  )

  test('is free again when the database in it was closed', async () => {
    const folder = aFolder()
    const first = await openEmbeddedDatabase(folder)
    await expect(openEmbeddedDatabase(folder)).rejects.toMatchObject({ name: 'AlreadyOwned' })
    await first.close()
    const second = await openEmbeddedDatabase(folder)
    await second.close()
  })
})
