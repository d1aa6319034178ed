import { type Session, type Statement, statement } from '../../src/cloud/postgres/database'

/** Which tables transactions wrote to, the first of them, and from which of them rows went away. */
export type Written = { since: string; tables: Set<string>; lessened: Set<string> }
export type Asking = Awaited<ReturnType<typeof askingOf>>

/** Rows locked or written make a transaction have an id; one that only reads has none. */
const WHETHER = statement('simulate-wrote', 'select pg_current_xact_id_if_assigned()::text as id')
const OIDS = statement(
  'simulate-oids',
  `select name::regclass::oid::text as oid from unnest($1::text[]) with ordinality as t(name, place)
   order by place`,
)
const WRITERS = statement(
  'simulate-writers',
  `select proname as name from pg_proc
   where pronamespace = 'public'::regnamespace and provolatile = 'v' order by proname`,
)

/**
 * How a transaction is asked what it has written: of each table how many rows it put or changed, and took
 * out. The database counts this itself, whoever writes: a statement, a function that it calls, or a
 * trigger; what it has counted it puts away at once, so that the next transaction begins at 0. What by its words only reads is asked no more than whether it has written, which is cheaper;
 * if it has, every table counts as written and lessened.
 */
export async function askingOf({ run }: Pick<Session, 'run'>, tables: readonly string[]) {
  const functions = await run<{ name: string }>(WRITERS)
  const names = ['insert', 'update', 'delete', ...functions.map(({ name }) => name)]
  const words = new RegExp(`\\b(${names.join('|')})\\b`, 'i')
  const counts = (await run<{ oid: string }>(OIDS, [tables])).map(
    ({ oid }) =>
      `pg_stat_get_xact_tuples_inserted(${oid}) + pg_stat_get_xact_tuples_updated(${oid}),
       pg_stat_get_xact_tuples_deleted(${oid})`,
  )
  return {
    whether: WHETHER,
    what: statement(
      'simulate-wrote-what',
      `select case when pg_current_xact_id_if_assigned() is not null
         then concat_ws(',', pg_current_xact_id(), ${counts.join(', ')}, pg_stat_force_next_flush()) end as what`,
    ),
    mayWrite: ({ text }: Statement): boolean => words.test(text),
    /** Reads the answers of several transactions, the earliest first, as if they were one. */
    read: (answers: readonly string[]): Written | undefined => written(tables, answers),
  }
}

function written(names: readonly string[], answers: readonly string[]): Written | undefined {
  const tables = new Set<string>()
  const lessened = new Set<string>()
  let since: string | undefined
  for (const answer of answers) {
    const [id = '', ...counts] = answer.split(',')
    for (const [index, name] of names.entries()) {
      const isLess = counts[2 * index + 1] !== '0'
      if (!isLess && counts[2 * index] === '0') continue
      since ??= id
      tables.add(name)
      if (isLess) lessened.add(name)
    }
  }
  return since === undefined ? undefined : { since, tables, lessened }
}
