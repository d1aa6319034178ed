import { readConfig } from '../../../src/cloud/config'
import { realClock } from '../../../src/simulators/clock'
import { seededChance } from '../../../src/simulators/seeded-chance'
import { makeKeys } from '../../../src/stand/make-keys'
import { startNeighbours } from '../../../src/stand/neighbours'
import { KEYS } from '../../support/town'

type Environment = Record<string, string>

/** What no message may show. */
const SECRET = 'tell-nobody-7f3a'
const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000001002026'

describe('the configuration', () => {
  let environment: Environment
  beforeAll(async () => {
    const neighbours = await startNeighbours(KEYS, {
      clock: realClock(),
      chance: seededChance(1),
      notifyUrl: 'https://wanjia.example/wechat-pay/notices',
    })
    environment = neighbours.environment
    await neighbours.close()
  })
  const flaw = (change: Record<string, string | undefined>): string => {
    try {
      readConfig({ ...environment, ...change })
      return 'accepted'
    } catch (error) {
      return String(error)
    }
  }
  const changed = (name: string, change: (value: never) => unknown) => ({
    [name]: JSON.stringify(change(JSON.parse(environment[name] ?? '') as never)),
  })
  type Merchants = Record<string, unknown>[]
  const merchants = (change: Record<string, unknown>) =>
    changed('WECHAT_PAY_MERCHANTS', ([first, ...others]: Merchants) => [
      { ...first, ...change },
      ...others,
    ])

  it('that holds all it needs is taken', () => {
    expect(flaw({})).toBe('accepted')
    expect(flaw({ WECHAT_API_URL: undefined, WECHAT_PAY_URL: undefined })).toBe('accepted')
  })

  it.each([
    'DATABASE_URL',
    'WECHAT_APP_ID',
    'WECHAT_APP_SECRET',
    'WECHAT_PAY_NOTIFY_URL',
    'WECHAT_PAY_MERCHANTS',
    'BILLER_CALLER_KEY',
    'BILLER_ENDPOINTS',
    'PERSONAL_DATA_KEYS',
    'PERSONAL_DATA_LOOK_UP_KEY',
    'RECEIPT_KEYS',
  ])('without %s stops the start and names it', (name) => {
    expect(flaw({ [name]: undefined })).toBe(`ConfigFault: configuration: ${name} is missing`)
  })

  it.each([
    ['DATABASE_URL', `mysql://root:${SECRET}@host/db`],
    ['DATABASE_CONNECTIONS', SECRET],
    ['DATABASE_CONNECTIONS', '21'],
    ['WECHAT_APP_ID', ''],
    ['WECHAT_APP_SECRET', ''],
    ['WECHAT_API_URL', SECRET],
    ['WECHAT_PAY_URL', SECRET],
    ['WECHAT_PAY_NOTIFY_URL', SECRET],
    ['WECHAT_PAY_NOTIFY_URL', `https://wanjia.example/notices?key=${SECRET}`],
    ['WECHAT_PAY_MERCHANTS', SECRET],
    ['WECHAT_PAY_MERCHANTS', '[]'],
    ['WECHAT_PAY_MERCHANTS', `[{"mode":"${SECRET}"}]`],
    ['BILLER_CALLER_KEY', `{"keyId":"k","privateKeyPem":"${SECRET}"}`],
    ['BILLER_ENDPOINTS', `{"jinghua-power":{"baseUrl":"${SECRET}","keys":{}}}`],
    ['BILLER_ENDPOINTS', `{"jinghua-power":{"baseUrl":"http://h","keys":{"k":"${SECRET}"}}}`],
    ['PERSONAL_DATA_KEYS', `{"current":"p1","byId":{"p1":"${SECRET}"}}`],
    ['PERSONAL_DATA_KEYS', `{"current":"constructor","byId":{}}`],
    ['PERSONAL_DATA_LOOK_UP_KEY', SECRET],
    ['RECEIPT_KEYS', `{"keyId":"r1","secretKey":"${SECRET}","publicKeys":{}}`],
  ])('with a malformed %s stops the start, names it, and does not print it', (name, value) => {
    const said = flaw({ [name]: value })
    expect(said).toContain(`configuration: ${name}`)
    expect(said).not.toContain(SECRET)
  })

  it('names every flaw at once, and the place inside a value', () => {
    const said = flaw({ WECHAT_APP_ID: undefined, ...merchants({ apiV3Key: SECRET }) })
    expect(said).toContain('WECHAT_APP_ID is missing')
    expect(said).toContain('WECHAT_PAY_MERCHANTS.0.apiV3Key')
    expect(said).not.toContain(SECRET)
  })

  it('refuses a receipt key whose public key is another’s, or is not there', () => {
    const other = makeKeys().receiptPublic
    type Receipts = Record<string, unknown>
    const keys = (change: object) =>
      flaw(changed('RECEIPT_KEYS', (held: Receipts) => ({ ...held, ...change })))
    expect(keys({ publicKeys: { r1: other } })).toBe(
      'ConfigFault: configuration: RECEIPT_KEYS must name the public key that belongs to its secret key',
    )
    expect(keys({ publicKeys: { r0: other } })).toContain('must hold the public key of its key')
    expect(keys({ publicKeys: { r1: KEYS.receiptPublic, r0: other } })).toBe('accepted')
  })

  it('refuses a merchant that asks for answers under a key that it does not hold, or forgets to ask', () => {
    expect(flaw(merchants({ platformKeyId: 'PUB_KEY_ID_1' }))).toContain(
      'WECHAT_PAY_MERCHANTS.0.platformKeyId must be one of platformKeys',
    )
    expect(flaw(merchants({ platformKeyId: undefined }))).toContain(
      'WECHAT_PAY_MERCHANTS.0.platformKeyId is needed where a PUB_KEY_ID_ key is held',
    )
    const certificate = { '5E1D': KEYS.platformCertificate.publicKey }
    expect(flaw(merchants({ platformKeyId: undefined, platformKeys: certificate }))).toBe(
      'accepted',
    )
    expect(flaw(merchants({ platformKeyId: PUBLIC_KEY_ID }))).toBe('accepted')
  })
})
