import { type Database, statement } from '../../src/cloud/postgres/database'

/** What the schema is made of once every migration was applied: only what holds now. */
export type Catalogue = {
  functions: { name: string; body: string; definition: string }[]
  views: { name: string; definition: string }[]
  constraints: Constraint[]
  uniqueIndexes: string[]
}

export type Constraint = {
  name: string
  /** The table or the domain that it belongs to. */
  owner: string
  kind: 'check' | 'key' | 'reference'
  onDomain: boolean
  definition: string
}

const FUNCTIONS = statement(
  'mutate-functions',
  `select p.proname || '/' || p.pronargs as name, p.prosrc as body, pg_get_functiondef(p.oid) as definition
   from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' order by p.proname, p.pronargs`,
)
const VIEWS = statement(
  'mutate-views',
  `select viewname as name, definition from pg_views where schemaname = 'public' order by viewname`,
)
const CONSTRAINTS = statement(
  'mutate-constraints',
  `select c.conname as name, pg_get_constraintdef(c.oid) as definition, c.contypid <> 0 as "onDomain",
     case c.contype when 'c' then 'check' when 'f' then 'reference' else 'key' end as kind,
     case when c.contypid <> 0 then c.contypid::regtype::text else c.conrelid::regclass::text end as owner
   from pg_constraint c
   where c.connamespace = 'public'::regnamespace and c.contype in ('c', 'f', 'p', 'u')
     and c.conrelid is distinct from to_regclass('migration')
   order by owner, c.conname`,
)
const UNIQUE_INDEXES = statement(
  'mutate-unique-indexes',
  `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indexrelid
   where c.relnamespace = 'public'::regnamespace and i.indisunique
     and not exists (select from pg_constraint where conindid = i.indexrelid)
   order by 1`,
)

export async function catalogueOf(database: Database): Promise<Catalogue> {
  const [functions, views, constraints, indexes] = await Promise.all([
    database.run<Catalogue['functions'][number]>(FUNCTIONS),
    database.run<Catalogue['views'][number]>(VIEWS),
    database.run<Constraint>(CONSTRAINTS),
    database.run<{ name: string }>(UNIQUE_INDEXES),
  ])
  return { functions, views, constraints, uniqueIndexes: indexes.map(({ name }) => name) }
}
