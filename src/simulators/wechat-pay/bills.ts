import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Clock } from '../clock'
import { entriesOfDay } from './day-books'
import { fundFlowFileOf, tradeFileOf } from './day-files'
import type { FaultControl } from './faults'
import { checkRelation } from './orders'
import type { SimulatedMerchant } from './settings'
import type { Shop } from './shop'
import { errors } from './wechat-error'

/** A download address lives so long. */
const LIVES_MS = 5 * 60_000
/** Files are made from nine on the next day. */
const READY_MS = (24 + 9 - 8) * 3_600_000
const PATH = '/v3/billdownload/file'

export type BillAsked = { hash_type: 'SHA1'; hash_value: string; download_url: string }

/** Makes a day's files when asked, and hands each out under an address that lives for minutes. */
export function createBills({
  clock,
  faults,
  shop,
}: {
  clock: Clock
  faults: FaultControl
  shop: Shop
}) {
  const files = new Map<string, { bytes: Buffer; until: number }>()

  const entries = (merchant: SimulatedMerchant, query: URLSearchParams) => {
    const day = query.get('bill_date') ?? ''
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw errors.parameter('bill_date is no day')
    if (clock.now() < Date.parse(`${day}T00:00:00Z`) + READY_MS || faults.happens('fileCreating'))
      throw errors.statementCreating()
    const subMchid = query.get('sub_mchid')
    if (subMchid !== null) checkRelation(merchant, subMchid)
    const found = entriesOfDay(shop.all(), { mchid: merchant.mchid, subMchid }, day)
    if (found.length === 0) throw errors.noStatement()
    return found
  }
  const offer = (text: string, base: string): BillAsked => {
    const token = randomBytes(16).toString('hex')
    const packed = gzipSync(text)
    const bytes = faults.happens('fileCutShort')
      ? packed.subarray(0, Math.floor(packed.length / 2))
      : packed
    files.set(token, { bytes, until: clock.now() + LIVES_MS })
    const hashed = faults.happens('fileHashWrong') ? `${text} ` : text
    return {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(hashed).digest('hex'),
      download_url: `${base}${PATH}?token=${token}`,
    }
  }
  return {
    path: PATH,
    trade: (merchant: SimulatedMerchant, query: URLSearchParams, base: string): BillAsked => {
      const found = entries(merchant, query)
      return offer(tradeFileOf(found, faults.happens('fileSumWrong') ? 1 : 0), base)
    },
    fundFlow: (merchant: SimulatedMerchant, query: URLSearchParams, base: string): BillAsked =>
      offer(fundFlowFileOf(entries(merchant, query)), base),
    /** The file's bytes; undefined once its address is over. */
    file: (token: string): Buffer | undefined => {
      const file = files.get(token)
      return file !== undefined && clock.now() <= file.until ? file.bytes : undefined
    },
  }
}

export type Bills = ReturnType<typeof createBills>
