import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The tests of the cloud that are about money, as one file: what they all load is loaded once for each mutant,
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
