import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { loadManifests } from '../../src/cloud/billers/load-manifests'
import { dayFileOf } from '../../src/simulators/biller/day-file'
import { entriesOfDay } from '../../src/simulators/wechat-pay/day-books'
import { fundFlowFileOf, tradeFileOf } from '../../src/simulators/wechat-pay/day-files'
import type { simulatedMerchants } from '../../src/stand/neighbours'
import { contentsOf } from '../../test/reconcile/at-billers'
import { ordersOf } from '../../test/reconcile/in-wechat'
import { DAY, MADE_BILLERS, type MadePayment } from '../../test/reconcile/made-day'

/** A file as it lies on the disk: WeChat's are packed, and vouched for by the hash of what they unpack to. */
export type DayFile = { path: string; sha1: string }
export type DayFiles = {
  folder: string
  trade: Map<string, DayFile>
  fundFlow: Map<string, DayFile>
  postings: Map<string, DayFile>
}

/** Writes every file of the day into a folder, as its makers would hand it out. */
export function writeDayFiles(
  folder: string,
  day: readonly MadePayment[],
  merchants: ReturnType<typeof simulatedMerchants>,
): DayFiles {
  mkdirSync(folder, { recursive: true })
  const files: DayFiles = {
    folder,
    trade: new Map(),
    fundFlow: new Map(),
    postings: new Map(),
  }
  const write = (name: string, text: string, pack: boolean): DayFile => {
    const path = join(folder, name)
    writeFileSync(path, pack ? gzipSync(text) : text)
    return { path, sha1: createHash('sha1').update(text).digest('hex') }
  }
  const orders = ordersOf(day, merchants)
  for (const { payee } of loadManifests()) {
    const id = payee.mode === 'direct' ? payee.mchid : payee.subMchid
    const subMchid = payee.mode === 'direct' ? null : payee.subMchid
    if (files.trade.has(id)) continue
    const entries = entriesOfDay(orders, { mchid: payee.mchid, subMchid }, DAY)
    files.trade.set(id, write(`trade-${id}.csv.gz`, tradeFileOf(entries), true))
    if (payee.mode === 'direct')
      files.fundFlow.set(id, write(`flow-${id}.csv.gz`, fundFlowFileOf(entries), true))
  }
  for (const { id } of MADE_BILLERS) {
    const { credits } = contentsOf(day, id)
    files.postings.set(id, write(`postings-${id}.csv`, dayFileOf(credits, DAY), false))
  }
  return files
}

/** A biller's file is signed as a whole, so that it is read to be answered. */
export const textOf = ({ path }: DayFile): string => readFileSync(path, 'utf8')
