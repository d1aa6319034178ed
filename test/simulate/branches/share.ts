import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Branch, branchesOf } from './branches-of'
import { type Counted, USE_CASES } from './counts'
import { whyUnreachable } from './unreachable'

export type FileShare = {
  file: string
  reached: number
  /** What can be reached. */
  of: number
  missed: string[]
  /** What was not reached and cannot be, each with the reason. */
  unreachable: string[]
}

/** What moves money, or says that it moved. */
const WRITES_MONEY = /from '\.\.\/postgres\/(payment-writes|outbox|refunds|person-list)'/
const IMPORTED = /^import (?!type ).*?from '\.\/([\w-]+)'/gms

/**
 * How many branches of the use cases on money paths the histories took, by file: those that reach what
 * moves money, what those use, and whatever else ran. A file that nobody ran counts, too.
 */
export function branchShares(counts: readonly Counted[]): FileShare[] {
  const ran = new Set(counts.map(({ file }) => file))
  return [...new Set([...ran, ...moneyPaths()])].sort().map((file) => {
    const own = counts.filter((one) => one.file === file)
    const text = own[0]?.text ?? readFileSync(join(USE_CASES, file), 'utf8')
    const branches = branchesOf(text)
    const notTaken = branches.filter((branch) => !isTaken(branch, own)).map(({ name }) => name)
    const missed = notTaken.filter((name) => whyUnreachable(file, name) === undefined)
    const unreachable = notTaken.filter((name) => !missed.includes(name))
    return {
      file,
      reached: branches.length - notTaken.length,
      of: branches.length - unreachable.length,
      missed,
      unreachable: unreachable.map((name) => `${name}: ${whyUnreachable(file, name)}`),
    }
  })
}

function isTaken({ taken, besides }: Branch, counts: readonly Counted[]): boolean {
  const total = (offset: number) =>
    counts.reduce((sum, { ranges }) => sum + countAt(ranges, offset), 0)
  return total(taken) > (besides === undefined ? 0 : total(besides))
}

/** What V8 says of the smallest range around an offset. */
function countAt(ranges: Counted['ranges'], offset: number): number {
  let smallest: Counted['ranges'][number] | undefined
  for (const range of ranges) {
    if (range.start > offset || range.end <= offset) continue
    if (smallest === undefined || range.end - range.start <= smallest.end - smallest.start)
      smallest = range
  }
  return smallest?.count ?? 0
}

function moneyPaths(): Set<string> {
  const texts = new Map(
    readdirSync(USE_CASES).map((file) => [file, readFileSync(join(USE_CASES, file), 'utf8')]),
  )
  const uses = new Map(
    [...texts].map(([file, text]) => [
      file,
      [...text.matchAll(IMPORTED)].map(([, name]) => `${name}.ts`),
    ]),
  )
  const moving = new Set(
    [...texts].filter(([, text]) => WRITES_MONEY.test(text)).map(([file]) => file),
  )
  grow(moving, (file) => uses.get(file)?.some((used) => moving.has(used)) === true, [
    ...uses.keys(),
  ])
  const all = new Set(moving)
  grow(all, (file) => [...all].some((user) => uses.get(user)?.includes(file)), [...uses.keys()])
  return all
}

/** Adds whatever belongs to the set, until nothing does any more. */
function grow(
  set: Set<string>,
  belongs: (file: string) => boolean | undefined,
  files: string[],
): void {
  for (let size = -1; size < set.size; ) {
    size = set.size
    for (const file of files) if (belongs(file) === true) set.add(file)
  }
}
