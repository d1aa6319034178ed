import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, DatabaseFault, statement } from '../../../src/cloud/postgres/database'
import { repeatConflicts } from '../../../src/cloud/postgres/repeat-conflicts'
import { openServerDatabase } from '../../../src/cloud/postgres/server-database'
import { aDatabase, engineName, urlOf } from '../../support/databases'

/** Fails with each error in turn, then answers; says how often it was asked and how long was waited. */
async function failing(...errors: unknown[]) {
  return failingUntil(Number.POSITIVE_INFINITY, ...errors)
}

/** The same, for a caller that waits so many milliseconds at most. */
async function failingUntil(enough: number, ...errors: unknown[]) {
  const waits: number[] = []
  let asked = 0
  const outcome = await repeatConflicts(
    async () => {
      const error = errors[asked]
      asked += 1
      if (error !== undefined) throw error
      return 'answered'
    },
    {
      wait: async (milliseconds) => {
        waits.push(milliseconds)
      },
      chance: () => 0.5,
      isOver: () => waits.reduce((sum, one) => sum + one, 0) >= enough,
    },
  ).catch((error: unknown) => error)
  return { outcome, asked, waits }
}

const coded = (code: string) => Object.assign(new Error(code), { code })

describe('a database call', () => {
  it.each([
    ['a deadlock', coded('40P01')],
    ['a serialization failure', coded('40001')],
    ['a connection that broke', coded('08006')],
    ['a server that is shutting down', coded('57P01')],
    ['a server that is starting', coded('57P03')],
    ['a server that has no connection left', coded('53300')],
    ['a reset socket', coded('ECONNRESET')],
    ['a refused socket', coded('ECONNREFUSED')],
    ['a socket that the driver says is gone', new Error('Connection terminated unexpectedly')],
    ['a client that was closed meanwhile', new Error('Client was closed and is not queryable')],
  ])('is repeated after %s', async (_, error) => {
    expect(await failing(error)).toEqual({ outcome: 'answered', asked: 2, waits: [10] })
  })

  it.each([
    ['a broken constraint', coded('23505')],
    ['a broken check', coded('23514')],
    ['an unreadable value', coded('22P02')],
    ['a missing table', coded('42P01')],
    ['a bug', new TypeError('x is not a function')],
  ])('is not repeated after %s', async (_, error) => {
    expect(await failing(error)).toEqual({ outcome: error, asked: 1, waits: [] })
  })

  it('is given up after five times, with waits that grow', async () => {
    const error = coded('ECONNRESET')
    expect(await failing(error, error, error, error, error, error)).toEqual({
      outcome: error,
      asked: 5,
      waits: [10, 30, 90, 270],
    })
  })

  it('is not repeated for a caller that cannot wait any longer', async () => {
    const error = coded('40001')
    const { outcome, asked, waits } = await failingUntil(100, error, error, error, error, error)
    expect({ outcome, asked, waits }).toEqual({ outcome: error, asked: 4, waits: [10, 30, 90] })
  })
})

describe('a conflict', () => {
  it('is repeated longer than a broken connection, with waits that have an end', async () => {
    const conflicts = Array.from({ length: 20 }, () => coded('40001'))
    const { outcome, asked, waits } = await failing(...conflicts)
    expect(outcome).toBe(conflicts[14])
    expect(asked).toBe(15)
    expect(Math.max(...waits)).toBe(270)
  })
})

describe('the source of the cloud', () => {
  const files = readdirSync('src/cloud', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join('src/cloud', file), 'utf8') }))
  const naming = (words: RegExp) =>
    files
      .filter(({ text }) => words.test(text))
      .map(({ file }) => file)
      .sort()

  it('names what may be repeated in repeat-conflicts.ts only', () => {
    expect(naming(/'(40P01|40001|08\d{3}|57P0\d|53300|ECONN[A-Z]+|EPIPE|ETIMEDOUT)'/)).toEqual([
      'postgres/repeat-conflicts.ts',
    ])
  })

  it('repeats in server-database.ts only', () => {
    expect(naming(/repeatConflicts\(/)).toEqual(['postgres/server-database.ts'])
  })

  it('decides nothing on a fault of the database: only the engines know of it', () => {
    expect(naming(/DatabaseFault/)).toEqual([
      'postgres/database.ts',
      'postgres/embedded-database.ts',
      'postgres/server-database.ts',
    ])
  })
})

describe(`a statement on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  it('that breaks a law of the schema is a fault that names the statement', async () => {
    const broken = database.run(
      statement('test-broken', `insert into staff (staff_id) values ('s')`),
    )
    await expect(broken).rejects.toThrow(new DatabaseFault('test-broken', undefined).message)
  })

  // Only a server has backends that can be ended while another connection goes on.
  if (engineName() === 'server') {
    const running = async (name: string) => {
      const find = statement(
        'test-backend',
        `select pid from pg_stat_activity where query like '%' || $1 || '%' and pid <> pg_backend_pid()
           and datname = current_database() and state = 'active'`,
      )
      for (;;) {
        const [row] = await database.run<{ pid: number }>(find, [name])
        if (row !== undefined) return row.pid
      }
    }
    const end = (pid: number) =>
      database.run(statement('test-end', 'select pg_terminate_backend($1::int)'), [pid])

    it('is repeated on another connection when its backend is ended in the middle', async () => {
      const answer = database.run<{ pid: number }>(
        statement(
          'test-long',
          `select pg_backend_pid() as pid, pg_sleep(0.5)::text /* in the middle */`,
        ),
      )
      const ended = await running('in the middle')
      await end(ended)
      expect((await answer)[0]?.pid).not.toBe(ended)
    })

    it('shares its few connections with the statements that are under way', async () => {
      const few = openServerDatabase({ url: await urlOf(database), connections: 2 })
      const who = statement('test-who', 'select pg_backend_pid() as pid, pg_sleep(0.01)::text')
      const rows = await Promise.all(
        Array.from({ length: 20 }, () => few.run<{ pid: number }>(who)),
      )
      await few.close()
      expect(new Set(rows.map(([row]) => row?.pid)).size).toBe(2)
    })

    it('that fails leaves those behind it on its connection alone', async () => {
      const one = openServerDatabase({ url: await urlOf(database), connections: 1 })
      const broken = statement('test-divide', 'select 1 / $1::int as result')
      const outcomes = await Promise.allSettled(
        [1, 0, 1, 0, 1].map((by) => one.run<{ result: number }>(broken, [by])),
      )
      await one.close()
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ])
    })

    it('goes on when every idle connection was ended', async () => {
      const all = statement(
        'test-end-all',
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
      const one = statement('test-one', 'select 1 as one')
      await Promise.all([1, 2, 3, 4].map(() => database.run(one)))
      await database.run(all)
      const answers = await Promise.all([1, 2, 3, 4].map(() => database.run(one)))
      expect(answers.flat()).toEqual([1, 2, 3, 4].map(() => ({ one: 1 })))
    })
  }
})
