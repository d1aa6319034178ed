import type { Catalogue, Constraint } from './catalogue'
import { type Edit, edited, editsOf } from './edits'
import { type Token, textOf, tokensOf } from './tokens'

/** One mistake in the schema, and the statements that make it. */
export type Mutant = {
  /** The function, view or constraint that it is in. */
  part: string
  /** Of a function: its name, by which the tests that call it are known. */
  calls?: string
  what: string
  /** The line with the change in brackets: its name, with the part, in the list of those that survive. */
  change: string
  sql: string
}

/** By which a mutant is known in lists and from one run to the next. */
export function labelOf({ part, change }: Mutant): string {
  return `${part}: ${change}`
}

/** Every mutant of a schema, in a fixed order. */
export function mutantsOf(catalogue: Catalogue): Mutant[] {
  return [
    ...catalogue.functions.flatMap(ofFunction),
    ...catalogue.views.flatMap(({ name, definition }) =>
      ofText(name, definition).map((one) => ({
        ...one,
        sql: `create or replace view ${name} as ${one.sql}`,
      })),
    ),
    ...catalogue.constraints.flatMap(ofConstraint),
    ...catalogue.uniqueIndexes.map((name) => dropped(name, 'unique index', `drop index ${name}`)),
  ]
}

function ofFunction({ name, body, definition }: Catalogue['functions'][number]): Mutant[] {
  const calls = name.replace(/\/\d+$/, '')
  return ofText(name, body).map((one) => ({
    ...one,
    calls,
    sql: definition.replace(body, () => one.sql),
  }))
}

function ofConstraint(constraint: Constraint): Mutant[] {
  const { name, owner, kind, onDomain, definition } = constraint
  const target = `${onDomain ? 'domain' : 'table'} ${owner}`
  const drop = `alter ${target} drop constraint ${name}${kind === 'key' ? ' cascade' : ''}`
  const part = `${owner}.${name}`
  const whole = dropped(part, kind, drop)
  if (kind !== 'check') return [whole]
  const parts = ofText(part, definition).map((one) => ({
    ...one,
    sql: `${drop}; alter ${target} add constraint ${name} ${one.sql}`,
  }))
  return [whole, ...parts]
}

function dropped(part: string, kind: string, sql: string): Mutant {
  return { part, what: `${kind} dropped`, change: `[${part} → ]`, sql }
}

/** The mutants of a text; `sql` is the whole text with the mistake in it. */
function ofText(part: string, text: string): Mutant[] {
  const tokens = tokensOf(text)
  const seen = new Set([text])
  return editsOf(tokens).flatMap((edit) => {
    const sql = edited(tokens, edit)
    if (seen.has(sql)) return []
    seen.add(sql)
    return [{ part, what: edit.what, change: changeOf(tokens, edit), sql }]
  })
}

/** The line that is changed, with what it reads and would read in brackets. */
function changeOf(tokens: readonly Token[], { from, to, put }: Edit): string {
  const before = textOf(tokens.slice(0, from)).split('\n').at(-1) ?? ''
  const after = textOf(tokens.slice(to)).split('\n')[0] ?? ''
  const line = `${before}[${textOf(tokens.slice(from, to))} → ${put}]${after}`
  return line.replace(/\s+/g, ' ').trim()
}
