import { join } from 'node:path'
import type { Database } from '../../src/cloud/postgres/database'
import { realClock } from '../../src/simulators/clock'
import { seededChance } from '../../src/simulators/seeded-chance'
import { makeKeys } from '../../src/stand/make-keys'
import { startNeighbours } from '../../src/stand/neighbours'
import { readBooks } from './books'
import { openJournal, readJournal } from './journal'
import { isPaidFor, judge } from './judge'
import { killableHost } from './killable-host'
import { keepNotices } from './notices-told'
import { phones } from './phones'
import { timers } from './timers'
import { foundTown } from './town'

export type SceneSettings = {
  name: string
  /** The database, for founding the town and for the books at the end. */
  open: () => Promise<Database>
  /** How the host finds it. */
  environment: Record<string, string>
  port: number
  /** Where the journal is kept. */
  folder: string
  payers: number
  /** Of each payer. */
  bills: number
}

/** A biller refuses one posting in five, whose money is given back: refunds are under way, too. */
const REFUSED = 0.2

export type Scene = Awaited<ReturnType<typeof raiseScene>>

/** Residents at their phones, the host and its timers, WeChat and the billers, and the journal. */
export async function raiseScene(settings: SceneSettings) {
  const { open, port } = settings
  const neighbours = await startNeighbours(makeKeys(), {
    clock: realClock(),
    chance: seededChance(7),
    notifyUrl: `http://127.0.0.1:${port}/wechat-pay/notices`,
  })
  const environment = { ...neighbours.environment, ...settings.environment }
  const founding = await open()
  const openids = await foundTown(founding, environment, neighbours, settings)
  await founding.close()
  for (const biller of neighbours.billers.values()) biller.setFaults({ closedWindow: REFUSED })
  const file = join(settings.folder, `${settings.name}.journal`)
  const journal = openJournal(file)
  const host = killableHost(environment, port)
  await host.start()
  const notices = keepNotices(neighbours.weChatPay, journal)
  const jobs = timers(host)
  const payers = phones({ host, neighbours, journal }, openids)
  const paidOrders = () => neighbours.weChatPay.orders().filter(isPaidFor)
  return {
    host,
    jobs,
    payers,
    journal,
    /** True once a call that reads the database was answered as it should. */
    isAnswering: async () => (await host.call(openids[0] ?? '', 'get-me', {}))?.ok === true,
    /** True once every order that WeChat was paid for is settled here, and no phone is about to pay. */
    isSettled: async () => {
      const books = await host.books()
      if (books === undefined || payers.unpaid() > 0) return false
      const paid = new Set(books.payments.map((one) => one.state === 'paid' && one.orderNumber))
      return paidOrders().every((order) => paid.has(order.number))
    },
    /** True once nothing is under way: all is posted or given back, and every task done. */
    isFinished: async () => {
      const books = await host.books()
      return (
        books !== undefined &&
        payers.underWay() === 0 &&
        books.tasksOpen === 0 &&
        books.payments.every((one) => one.state === 'paid') &&
        books.refunds.every((one) => one.state === 'done')
      )
    },
    /** Ends all, and compares what everybody was told with what is there. */
    end: async () => {
      await payers.stop()
      await jobs.stop()
      await host.kill()
      notices.stop()
      journal.close()
      const database = await open()
      const books = await readBooks(database)
      await database.close()
      const told = readJournal(file)
      const outside = {
        told,
        orders: neighbours.weChatPay.orders(),
        credited: [...neighbours.billers.values()].flatMap((biller) =>
          biller.books
            .credits()
            .flatMap((one) => (one.outcome.state === 'posted' ? [one.posting] : [])),
        ),
      }
      await neighbours.close()
      return { books, told, verdict: judge(books, outside) }
    },
  }
}
