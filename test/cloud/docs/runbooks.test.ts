import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMANDS } from '../../../src/cli/commands'
import { ALARMS } from '../../../src/cloud/use-cases/ports'
import { DIFFERENCE_REASONS } from '../../../src/core/reconciliation'

const FOLDER = join(__dirname, '../../../docs/runbooks')
const DEPLOY = readFileSync(join(FOLDER, '../deploy.md'), 'utf8')
const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md')
const textOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8')

describe('the runbooks', () => {
  it('have a page for each alarm and for each difference, and no other', () => {
    const wanted = [...ALARMS, ...DIFFERENCE_REASONS].map((name) => `${name}.md`)
    expect([...pages].sort()).toEqual([...wanted].sort())
    for (const page of pages) expect(textOf('README.md')).toContain(`](${page})`)
    for (const alarm of ALARMS) expect(DEPLOY).toContain(`| \`${alarm}\``)
  })

  it.each(pages)('%s says what it means, how to look, what to do, and when it is over', (page) => {
    const text = textOf(page)
    for (const part of ['**What it means.**', '**What the resident sees meanwhile.**'])
      expect(text).toContain(part)
    const parts = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)
    expect(parts).toEqual(['Look', 'Do', 'Never', 'It is over when'])
  })

  it('name only commands that there are', () => {
    const named = pages.flatMap((page) =>
      [...textOf(page).matchAll(/wanjia -- ([a-z]+ [a-z]+)/g)].map(([, name]) => name ?? ''),
    )
    expect(named.filter((name) => !(name in COMMANDS))).toEqual([])
  })
})
