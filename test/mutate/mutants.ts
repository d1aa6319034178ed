import type { Catalogue, Constraint } from './catalogue'
import { type Edit, edited, editsOf } from './edits'
import { type Token, textOf, tokensOf } from './tokens'

/** One mistake in the schema, and the statements that make it. */
export type Mutant = {
  /** The function, view or constraint that it is in. */
  part: string
  /** Of a function: its name, by which the tests that call it are known, and of those that it is taken into. */
  calls?: string[]
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
    ...catalogue.functions.flatMap((one) => ofFunction(one, catalogue.functions)),
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

type SqlFunction = Catalogue['functions'][number]

function ofFunction(one: SqlFunction, all: readonly SqlFunction[]): Mutant[] {
  const { name, body, definition } = one
  const calls = takenInto(one, all).map(plainName)
  return ofText(name, body).map((one) => ({
    ...one,
    calls,
    sql: definition.replace(body, () => one.sql),
  }))
}

/** The function itself, and those who call it: what is SQL alone the server may write into them, and counts it no more. */
function takenInto(one: SqlFunction, all: readonly SqlFunction[]): SqlFunction[] {
  if (!/^\s*LANGUAGE sql$/m.test(one.definition)) return [one]
  const isCalled = new RegExp(`\\b${plainName(one)}\\(`)
  const callers = all.filter((other) => other !== one && isCalled.test(other.body))
  return [one, ...callers.flatMap((caller) => takenInto(caller, all))]
}

function plainName({ name }: SqlFunction): string {
  return name.replace(/\/\d+$/, '')
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
