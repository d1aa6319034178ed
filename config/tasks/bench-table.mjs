import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/** `npm run bench -- table`: writes what bench/results.json holds into both READMEs, between marks. */
const MARKS = /<!-- figures -->[\s\S]*<!-- \/figures -->/
const HEADS = {
  'README.md': ['benchmark', 'what is measured', 'against', 'ratio', 'floor, goal'],
  'README.zh-CN.md': ['基准', '测什么', '对照', '比值', '下限，目标'],
}

const results = Object.values(JSON.parse(readFileSync('bench/results.json', 'utf8')))
for (const [file, heads] of Object.entries(HEADS)) {
  const lines = [heads, heads.map(() => '---'), ...results.map(row)].map(
    (cells) => `| ${cells.join(' | ')} |`,
  )
  const text = readFileSync(file, 'utf8')
  if (!MARKS.test(text)) throw new Error(`${file} has no place for the figures`)
  const table = `<!-- figures -->\n\n${lines.join('\n')}\n\n<!-- /figures -->`
  writeFileSync(
    file,
    text.replace(MARKS, () => table),
  )
  process.stdout.write(`figures of ${results.length} benchmarks written into ${file}\n`)
}
// The house's formatter lays the columns out.
execFileSync('npx', ['biome', 'format', '--write', ...Object.keys(HEADS)], { stdio: 'ignore' })

function row({ name, product, yardstick, ratio, floor, goal }) {
  return [`\`${name}\``, product, yardstick, String(ratio), `${floor}, ${goal}`]
}
