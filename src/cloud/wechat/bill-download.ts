import type { Readable } from 'node:stream'
import axios from 'axios'
import { z } from 'zod'
import type { LineTaker, TradeLine } from '../../core/file-line'
import type { DateText } from '../../core/time'
import { type Columns, readBillFile, type TableReader } from './bill-file'
import { errorCode, faultOf } from './error-codes'
import { type FundFlow, fundFlowTable } from './fund-flow-bill'
import type { Merchant } from './merchant'
import { type FileRefusal, RefusedFile } from './refused-file'
import { authorization, newStamp } from './sign-request'
import { type FileOwner, tradeTable } from './trade-bill'
import type { Transport, VerifiedAnswer } from './transport'
import { WeChatPayFault } from './we-chat-pay-fault'

/** A file that was read to its end and found whole, or why not: then nothing of it counts. */
export type FileOutcome<Read> =
  | ({ state: 'read'; digest: string } & Read)
  | { state: 'refused'; refusal: FileRefusal; detail: string }

export type BillFiles = {
  trade: (
    owner: FileOwner,
    day: DateText,
    taker: LineTaker<TradeLine>,
  ) => Promise<FileOutcome<{ rows: number }>>
  fundFlow: (owner: FileOwner, day: DateText) => Promise<FileOutcome<{ flow: FundFlow }>>
}

type Parts = {
  send: Transport
  now: () => number
  merchantOf: (mchid: string) => Merchant
}

/** Nothing came for so long: the connection is dead. */
const SILENCE_MS = 10_000
const askedSchema = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.url(),
})

/**
 * WeChat's daily files: asked for by a signed request, whose signed answer names the file's hash, and
 * fetched at once, since the address lives for minutes. The file itself is unsigned: its hash vouches
 * for it. pay.weixin.qq.com, 申请交易账单, 申请资金账单, 下载账单
 */
export function createBillFiles(parts: Parts): BillFiles {
  return {
    trade: async (owner, day, taker) => {
      const { table, count } = tradeTable(owner, taker)
      const digest = await fetchFile(parts, owner, tradePath(owner, day), table)
      return typeof digest === 'string' ? { state: 'read', digest, rows: count() } : digest
    },
    fundFlow: async (owner, day) => {
      const { table, flow } = fundFlowTable()
      const path = `/v3/bill/fundflowbill?bill_date=${day}&account_type=BASIC&tar_type=GZIP`
      const digest = await fetchFile(parts, owner, path, table)
      return typeof digest === 'string' ? { state: 'read', digest, flow: flow() } : digest
    },
  }
}

function tradePath({ subMchid }: FileOwner, day: DateText): string {
  const sub = subMchid === undefined ? '' : `&sub_mchid=${subMchid}`
  return `/v3/bill/tradebill?bill_date=${day}${sub}&bill_type=ALL&tar_type=GZIP`
}

/** The file's hash, once it was read to its end and is whole; '' for a day without any row. */
async function fetchFile<Rows extends Columns, Sums extends Columns>(
  { send, now, merchantOf }: Parts,
  owner: FileOwner,
  path: string,
  table: TableReader<Rows, Sums>,
): Promise<string | { state: 'refused'; refusal: FileRefusal; detail: string }> {
  const merchant = merchantOf(owner.mchid)
  const answer = await send(merchant, { method: 'GET', path })
  const code = errorCode(answer)
  // Asked for after ten on the next day, as it is here, a missing statement is a day without trade.
  if (code === 'NOSTATEMENTEXIST') return ''
  if (code === 'STATEMENTCREATING') return { state: 'refused', refusal: 'not-ready', detail: code }
  if (code !== undefined) throw faultOf(answer)
  const { sha1, url } = readAsked(answer)
  try {
    await readBillFile(await download(merchant, url, now()), sha1, table)
    return sha1
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error
    return { state: 'refused', refusal: error.refusal, detail: error.message }
  }
}

function readAsked(answer: VerifiedAnswer): { sha1: string; url: URL } {
  const asked = askedSchema.safeParse(answer.body)
  if (!asked.success) throw new WeChatPayFault('UNREADABLE', { requestId: answer.requestId })
  return { sha1: asked.data.hash_value, url: new URL(asked.data.download_url) }
}

async function download(merchant: Merchant, url: URL, now: number): Promise<Readable> {
  const path = `${url.pathname}${url.search}`
  try {
    const response = await axios.request<Readable>({
      url: url.toString(),
      responseType: 'stream',
      decompress: false,
      timeout: SILENCE_MS,
      headers: {
        'User-Agent': 'wanjia',
        Authorization: authorization(merchant, { method: 'GET', path, text: '' }, newStamp(now)),
      },
    })
    return response.data
  } catch (cause) {
    throw new WeChatPayFault('NO_ANSWER', { cause })
  }
}
