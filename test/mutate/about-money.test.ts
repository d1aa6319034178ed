import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Base, openBase } from '../simulate/base'
import { liveHistory } from '../simulate/history'

/**
 * The tests of the cloud that are about money, and some histories of the simulator, as one file: what they all load is loaded once for each mutant,
 * and of what they set up only that of the tests that judge it.
 */
const CLOUD = join(__dirname, '../cloud')
const FOLDERS = ['jobs', 'payment', 'reconcile']
const FURTHER = ['wechat/notices.test.ts', 'wechat/late-notices.test.ts']

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(CLOUD, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`),
)
for (const file of [...files, ...FURTHER])
  describe(file, () => {
    jest.requireActual(join(CLOUD, file))
  })

/** They reach nine in ten of the use cases' branches. */
const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1)

describe('a history in which anything may fail', () => {
  let base: Base
  beforeAll(async () => {
    base = await openBase()
  })
  afterAll(() => base.close())

  it.each(SEEDS)('breaks no law: seed %i', async (seed) => {
    expect((await liveHistory(base, seed)).violations).toEqual([])
  })
})
