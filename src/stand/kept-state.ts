import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BooksContents } from '../simulators/biller/books'
import type { SimulatedOrder } from '../simulators/wechat-pay/orders'
import { type DemoKeys, makeKeys } from './make-keys'
import type { Neighbours } from './neighbours'

/** The stand's keys, made once and kept. */
export function keptKeys(folder: string): DemoKeys {
  const file = join(folder, 'keys.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoKeys
  const keys = makeKeys()
  writeWhole(file, keys)
  return keys
}

type Memory = { billers: Record<string, BooksContents>; orders: SimulatedOrder[] }

const MEMORY = 'neighbours.json'
const CLOCK = 'clock.json'

/** What the neighbours remember, kept in a file: after a restart, also after a kill, they go on. */
export function keptMemory(folder: string, neighbours: Neighbours) {
  const file = join(folder, MEMORY)
  let written = ''
  return {
    recall: (): void => {
      const memory = JSON.parse(readFileSync(file, 'utf8')) as Memory
      for (const [billerId, books] of Object.entries(memory.billers)) {
        neighbours.billers.get(billerId)?.books.load(books)
      }
      neighbours.weChatPay.load(memory.orders)
    },
    save: (): void => {
      const memory: Memory = {
        billers: Object.fromEntries(
          [...neighbours.billers].map(([id, biller]) => [id, biller.books.dump()]),
        ),
        orders: [...neighbours.weChatPay.orders()],
      }
      const text = JSON.stringify(memory)
      if (text === written) return
      written = text
      writeWhole(file, memory)
    },
  }
}

/** How far the city's clock is ahead of the real one. */
export function keptLead(folder: string) {
  const file = join(folder, CLOCK)
  return {
    recall: (): number =>
      existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { ahead: number }).ahead : 0,
    save: (ahead: number): void => writeWhole(file, { ahead }),
  }
}

/** True once a city was founded here to its end. */
export function hasCity(folder: string): boolean {
  return existsSync(join(folder, MEMORY))
}

/** Forgets the city, not its keys; what is in the database goes when the next one is founded. */
export function forgetCity(folder: string): void {
  for (const file of [MEMORY, CLOCK]) rmSync(join(folder, file), { force: true })
}

/** Written beside and renamed, so that a kill never leaves half a file. */
function writeWhole(file: string, value: object): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(value))
  renameSync(`${file}.new`, file)
}
