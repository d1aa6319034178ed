import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import type { Biller } from './billers/biller'
import { createHostedBiller } from './billers/hosted/hosted-biller'
import { createHttpBiller } from './billers/http-biller'
import { loadManifests } from './billers/load-manifests'
import type { Manifest } from './billers/manifest-schema'
import type { Config } from './config'
import { type Log, lineLog } from './log'
import type { Database } from './postgres/database'
import { hostedBooks } from './postgres/hosted-books'
import type { PersonalDataKeys } from './postgres/personal-data'
import type { Billers, Ports, ReceiptKeys } from './use-cases/ports'
import { createDelivery } from './wechat/delivery'
import { createWeChatPay } from './wechat/we-chat-pay'

export type World = {
  database: Database
  /** Where faults are told that are caught inside a use case; standard error when none is given. */
  log?: Log
  now?: () => number
  chance?: () => number
  sleep?: (milliseconds: number) => Promise<void>
}

/** Every neighbour, made from the configuration. Clock and chance may be given by a stand or test. */
export function composePorts(config: Config, world: World): Ports {
  const now = world.now ?? Date.now
  const chance = world.chance ?? Math.random
  const sleep =
    world.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)))
  const personalData: PersonalDataKeys = {
    ...config.PERSONAL_DATA_KEYS,
    lookUpKey: config.PERSONAL_DATA_LOOK_UP_KEY,
  }
  return {
    database: world.database,
    log: world.log ?? lineLog((line) => process.stderr.write(`${line}\n`)),
    personalData,
    billers: composeBillers(config, { database: world.database, keys: personalData, now }),
    weChatPay: createWeChatPay({
      baseUrl: config.WECHAT_PAY_URL,
      merchants: config.WECHAT_PAY_MERCHANTS,
      notifyUrl: config.WECHAT_PAY_NOTIFY_URL,
      delivery: createDelivery({
        baseUrl: config.WECHAT_API_URL,
        appid: config.WECHAT_APP_ID,
        secret: config.WECHAT_APP_SECRET,
        now,
      }),
      now,
      chance,
      sleep,
    }),
    receipts: receiptKeys(config),
    now,
    random: randomBytes,
    sleep,
    within,
  }
}

/** The timer goes with the work, so that it keeps no process from ending. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, enough])
  clearTimeout(timer)
}

/** The head of an Ed25519 private key as PKCS #8 (RFC 8410); the 32 bytes of the key follow. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

function receiptKeys({ RECEIPT_KEYS: { keyId, secretKey, publicKeys } }: Config): ReceiptKeys {
  const der = Buffer.concat([ED25519_PKCS8, secretKey])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { keyId, publicKeys, sign: (bytes) => sign(null, bytes, key) }
}

function composeBillers(
  config: Config,
  own: { database: Database; keys: PersonalDataKeys; now: () => number },
): Billers {
  const manifests = loadManifests()
  const byId = new Map(manifests.map((manifest) => [manifest.id, manifest]))
  const adapters = new Map<string, Biller>()
  return {
    all: () => manifests,
    manifest: (billerId) => byId.get(billerId),
    adapter: (billerId) => {
      const manifest = byId.get(billerId)
      if (manifest === undefined) throw new Error(`there is no biller ${billerId}`)
      const adapter = adapters.get(billerId) ?? adapterOf(manifest, config, own)
      adapters.set(billerId, adapter)
      return adapter
    },
  }
}

function adapterOf(
  manifest: Manifest,
  config: Config,
  own: { database: Database; keys: PersonalDataKeys; now: () => number },
): Biller {
  if (manifest.posting.adapter === 'hosted')
    return createHostedBiller(hostedBooks(own, manifest.id))
  const endpoint = config.BILLER_ENDPOINTS[manifest.id]
  if (endpoint === undefined) throw new Error(`BILLER_ENDPOINTS has no ${manifest.id}`)
  return createHttpBiller({
    billerId: manifest.id,
    baseUrl: endpoint.baseUrl,
    billerKeys: endpoint.keys,
    ourKey: config.BILLER_CALLER_KEY,
    now: own.now,
  })
}
