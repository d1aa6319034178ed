import { readFileSync } from 'node:fs'
import { answerHttp } from '../../src/cloud/answer-http'
import { composePorts } from '../../src/cloud/compose-ports'
import { readConfig } from '../../src/cloud/config'
import { type DispatchedAnswer, dispatch } from '../../src/cloud/dispatcher'
import type { LogEntry } from '../../src/cloud/log'
import type { Database } from '../../src/cloud/postgres/database'
import { runJobs } from '../../src/cloud/run-jobs'
import type { Answer, RequestOf } from '../../src/contract/call'
import type { CallName, Calls } from '../../src/contract/calls'
import { handClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { DEMO_PEOPLE } from '../../src/stand/demo/people'
import { seedCity } from '../../src/stand/demo/seed'
import { type DemoKeys, makeKeys } from '../../src/stand/make-keys'
import { startNeighbours } from '../../src/stand/neighbours'
import { serveNotices } from '../../src/stand/serve-notices'
import { aDatabase } from './databases'

/** Made once per process, as they cost more than the rest, or brought along in a file by who runs many. */
export const KEYS = keysOf(process.env.TEST_KEYS)

/** 16 November 2026, 14:17 in Asia/Shanghai. */
export const TODAY = Date.parse('2026-11-16T14:17:00+08:00')

/**
 * The demo city on a fresh database with every neighbour on loopback, and a clock that the test
 * moves. Calls go through the dispatcher as the platform's events would.
 */
export async function aTown(
  options: { startAt?: number; many?: boolean; database?: Database } = {},
) {
  const clock = handClock(options.startAt ?? TODAY)
  const database = options.database ?? (await aDatabase())
  const log: LogEntry[] = []
  const notices = await serveNotices((event) =>
    answerHttp({ ports, log: write, merchants: config.WECHAT_PAY_MERCHANTS }, event),
  )
  const neighbours = await startNeighbours(KEYS, {
    clock,
    chance: seededChance(1),
    notifyUrl: notices.url,
  })
  const config = readConfig(neighbours.environment)
  const write = (entry: LogEntry) => {
    log.push(entry)
  }
  const ports = composePorts(config, {
    database,
    log: write,
    now: clock.now,
    chance: () => 0.5,
    sleep: () => Promise.resolve(),
  })
  await seedCity(ports, neighbours, {
    people: DEMO_PEOPLE.filter(
      (person) => person.openid !== 'o-demo-many' || options.many === true,
    ),
    tell: () => undefined,
  })

  const call = async <Name extends CallName>(
    openid: string,
    name: Name,
    request: RequestOf<Calls[Name]>,
    address?: string,
  ): Promise<Answer<Calls[Name]>> => {
    const answer: DispatchedAnswer = await dispatch(
      { ports, log: write },
      { openid, address },
      { call: name, request },
    )
    return JSON.parse(JSON.stringify(answer)) as Answer<Calls[Name]>
  }
  return {
    clock,
    config,
    ports,
    database,
    neighbours,
    weChatPay: neighbours.weChatPay,
    log,
    call,
    jobs: () => runJobs({ ports, log: write }),
    /** Lets time pass, notices under way be answered, and nothing else. */
    pass: async (milliseconds: number) => {
      clock.advance(milliseconds)
      await neighbours.weChatPay.notices.settled()
    },
    close: async () => {
      await neighbours.close()
      await notices.close()
      await database.close()
    },
  }
}

function keysOf(file: string | undefined): DemoKeys {
  return file === undefined ? makeKeys() : JSON.parse(readFileSync(file, 'utf8'))
}

export type Town = Awaited<ReturnType<typeof aTown>>

/** The reply of a call that must succeed. */
export function replyOf<Reply>(
  answer: { ok: true; reply: Reply } | { ok: false; reason: string },
): Reply {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer.reply
}
