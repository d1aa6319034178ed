import { ed25519 } from '@noble/curves/ed25519'
import type { Biller } from '../../src/cloud/billers/biller'
import type { Manifest } from '../../src/cloud/billers/manifest-schema'
import type { Database } from '../../src/cloud/postgres/database'
import type { LogEntry, Ports } from '../../src/cloud/use-cases/ports'
import type { WeChatPay } from '../../src/cloud/wechat/we-chat-pay'

const SECRET = new Uint8Array(32).fill(7)

/**
 * Ports over a database whose payments were stored by hand: WeChat is what is given, every biller is called as
 * its id says, and what is not given is not there.
 */
export function portsOver(
  database: Database,
  given: {
    now: () => number
    weChatPay?: Partial<WeChatPay>
    biller?: (billerId: string) => Partial<Biller>
    billers?: readonly Pick<Manifest, 'id' | 'payee'>[]
    log?: LogEntry[]
  },
): Ports {
  return {
    database,
    now: given.now,
    weChatPay: given.weChatPay,
    receipts: {
      keyId: 'r1',
      sign: (bytes: Uint8Array) => ed25519.sign(bytes, SECRET),
      publicKeys: {},
    },
    log: (entry: LogEntry) => given.log?.push(entry),
    billers: {
      all: () => given.billers ?? [],
      manifest: (id: string) => ({
        id,
        names: { zh: `名${id}`, en: id },
        posting: { usualMinutes: 2, latestHours: 24 },
      }),
      adapter: given.biller,
    },
  } as unknown as Ports
}
