import { z } from 'zod'
import { publicKeyOf } from '../core/receipt/seal-receipt'
import type { WeChatContext } from './wechat/identity'

/**
 * The only reader of the environment. A missing or malformed value stops the start and is named;
 * no value is ever printed.
 */
const key32 = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64')
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
const pem = z.string().includes('-----BEGIN')

/** How WeChat Pay names its public keys, in distinction from its certificates. */
const PUBLIC_KEY_ID = 'PUB_KEY_ID_'

const merchantSchema = z
  .strictObject({
    mode: z.enum(['direct', 'partner']),
    mchid: z.string().regex(/^\d{8,10}$/),
    appid: z.string().min(1),
    certificateSerial: z.string().min(1),
    privateKeyPem: pem,
    apiV3Key: z.string().length(32),
    platformKeys: z.record(z.string(), pem),
    platformKeyId: z.string().exactOptional(),
  })
  .refine(
    ({ platformKeyId, platformKeys }) =>
      platformKeyId === undefined || Object.hasOwn(platformKeys, platformKeyId),
    { path: ['platformKeyId'], message: 'must be one of platformKeys' },
  )
  .refine(
    ({ platformKeyId, platformKeys }) =>
      platformKeyId !== undefined ||
      !Object.keys(platformKeys).some((id) => id.startsWith(PUBLIC_KEY_ID)),
    { path: ['platformKeyId'], message: `is needed where a ${PUBLIC_KEY_ID} key is held` },
  )

/** Receipts signed with a key other than the one they name would all be forgeries. */
const receiptKeysSchema = z
  .strictObject({
    keyId: z.string(),
    secretKey: key32,
    publicKeys: z.record(z.string(), key32),
  })
  .refine(({ keyId, publicKeys }) => Object.hasOwn(publicKeys, keyId), {
    message: 'must hold the public key of its key',
    abort: true,
  })
  .refine(
    ({ keyId, secretKey, publicKeys }) =>
      publicKeys[keyId]?.equals(Buffer.from(publicKeyOf(secretKey))) === true,
    'must name the public key that belongs to its secret key',
  )

export const configSchema = z.object({
  DATABASE_URL: z.string().startsWith('postgres'),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(20).default(2),
  WECHAT_APP_ID: z.string().min(1),
  WECHAT_APP_SECRET: z.string().min(1),
  WECHAT_API_URL: z.url().default('https://api.weixin.qq.com'),
  WECHAT_PAY_URL: z.url().default('https://api.mch.weixin.qq.com'),
  WECHAT_PAY_NOTIFY_URL: z.url().refine((url) => !url.includes('?'), 'must have no query string'),
  WECHAT_PAY_MERCHANTS: json(z.array(merchantSchema).min(1)),
  BILLER_CALLER_KEY: json(z.strictObject({ keyId: z.string().min(1), privateKeyPem: pem })),
  BILLER_ENDPOINTS: json(
    z.record(z.string(), z.strictObject({ baseUrl: z.url(), keys: z.record(z.string(), pem) })),
  ),
  PERSONAL_DATA_KEYS: json(
    z.strictObject({ current: z.string(), byId: z.record(z.string(), key32) }),
  ).refine((keys) => Object.hasOwn(keys.byId, keys.current), 'must hold its current key'),
  PERSONAL_DATA_LOOK_UP_KEY: key32,
  RECEIPT_KEYS: json(receiptKeysSchema),
})

export type Config = z.output<typeof configSchema>

/** The environment does not hold what the functions need. */
export class ConfigFault extends Error {
  constructor(readonly names: readonly string[]) {
    super(`configuration: ${names.join('; ')}`)
    this.name = 'ConfigFault'
  }
}

/** Reads and checks the configuration; throws ConfigFault that names each variable and its flaw. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const parsed = configSchema.safeParse(environment)
  if (parsed.success) return parsed.data
  throw new ConfigFault(
    parsed.error.issues.map((issue) => {
      const [name = ''] = issue.path
      const flaw = environment[String(name)] === undefined ? 'is missing' : issue.message
      return `${issue.path.join('.')} ${flaw}`
    }),
  )
}

/**
 * What CloudBase says of the caller of the running event: it names the variables that belong to this
 * event in WX_CONTEXT_KEYS, and an instance runs one event at a time.
 */
export function readWeChatContext(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): WeChatContext {
  const named = (environment.WX_CONTEXT_KEYS ?? '').split(',')
  const value = (name: string) => (named.includes(name) ? environment[name] : undefined)
  return { OPENID: value('WX_OPENID'), APPID: value('WX_APPID'), CLIENTIP: value('WX_CLIENTIP') }
}
