import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

export type Page = { file: string; title: string; text: string; heads: string[]; rows: string[][] }

/** Writes what a whole run found into a page of the docs, as a table. */
export function writePage({ file, title, text, heads, rows }: Page): void {
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  writeFileSync(file, `# ${title}\n\n${text}\n\n${lines.join('\n')}\n`)
  // The house's formatter lays the columns out.
  execFileSync('npx', ['biome', 'format', '--write', file], { stdio: 'ignore' })
}
