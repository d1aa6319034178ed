import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Base, openBase } from './base'
import { STEP_FAULTS, WORLD_FAULTS } from './faults'
import { liveHistory } from './history'
import { BUGS_IN_CODE } from './planted/in-code'
import { BUGS_IN_SQL } from './planted/in-sql'
import { planted } from './planted/planted-bug'
import { liveSeeds } from './seeds'

describe('the simulator', () => {
  let base: Base
  beforeAll(async () => {
    base = await openBase()
  })
  afterAll(() => base.close())

  it('lives a seed the same way every time', async () => {
    const once = await liveHistory(base, 77)
    const again = await liveHistory(base, 77)
    expect(again).toEqual(once)
    expect(once.steps.length).toBeGreaterThan(60)
  })

  it('has rich histories: many steps, every kind of fault', async () => {
    const { stepCounts, faults } = await liveSeeds(base, { from: 1, count: 60 })
    const sorted = [...stepCounts].sort((one, other) => one - other)
    expect(sorted[30]).toBeGreaterThanOrEqual(60)
    const kinds = [...Object.values(STEP_FAULTS).flat(), ...WORLD_FAULTS]
    expect(kinds.filter((kind) => faults[kind] === undefined)).toEqual([])
  }, 240_000)

  it('leaves a fault out without changing what else happens before it', async () => {
    const whole = await liveHistory(base, 5)
    const last = whole.happened.at(-1) ?? ''
    const shorter = await liveHistory(base, 5, { leftOut: new Set([last]) })
    expect(shorter.happened.slice(0, whole.happened.length - 1)).toEqual(
      whole.happened.slice(0, -1),
    )
  })

  it.each([...BUGS_IN_CODE, ...BUGS_IN_SQL])('can plant: $name', (bug) => {
    const text = readFileSync(bug.file, 'utf8')
    expect(planted(text, bug)).not.toBe(text)
  })

  it('tells of every planted bug in the docs', () => {
    const page = readFileSync('docs/planted-bugs.md', 'utf8')
    const names = [...page.matchAll(/^\| (.+?) +\| `/gm)].map(([, name]) => name)
    expect(names).toEqual([...BUGS_IN_CODE, ...BUGS_IN_SQL].map(({ name }) => name))
  })

  const ends = BUGS_IN_SQL.flatMap(({ besides, ...bug }) => [bug, { ...bug, ...besides }])
  it.each(ends)('plants in the SQL that is in force: $name', ({ file, find }) => {
    const before = readFileSync(file, 'utf8').split(find)[0] ?? ''
    const name = [...before.matchAll(/create (?:or replace )?function (\w+)/g)].at(-1)?.[1]
    const folder = dirname(file)
    const later = readdirSync(folder).filter((one) => one > basename(file))
    const made = new RegExp(`create (or replace )?function ${name}\\(`)
    const anew = later.filter((one) => made.test(readFileSync(join(folder, one), 'utf8')))
    expect(anew).toEqual([])
  })
})
