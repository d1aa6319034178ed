import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/**
 * Names, addresses and phones at rest: AES-256-GCM under a key chosen by id. Table, row, column and
 * key id are bound in as additional data, so that a sealed value moved elsewhere does not open.
 */
export type PersonalDataKeys = {
  /** The key that seals new values. */
  current: string
  /** 32-byte keys by id; old ones stay until every row is sealed anew. */
  byId: Readonly<Record<string, Buffer>>
  /** 32 bytes: derives ids and the audit chain's hashes; never rotates, opens nothing. */
  lookUpKey: Buffer
}

/** Where a value stands. */
export type Place = { table: string; row: string; column: string }

/** Sealed text: `keyId.iv.tag.ciphertext`, the last three base64url. */
export function seal(keys: PersonalDataKeys, place: Place, plain: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.current), iv)
  cipher.setAAD(additionalData(place, keys.current))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [
    keys.current,
    ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')),
  ].join('.')
}

/** Opens a sealed text; throws when it was altered, moved, or its key is not held. */
export function unseal(keys: PersonalDataKeys, place: Place, sealed: string): string {
  const [keyId, iv, tag, text] = sealed.split('.')
  if (keyId === undefined || iv === undefined || tag === undefined || text === undefined) {
    throw new Error(`sealed value of ${place.table}.${place.column} is torn`)
  }
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId), Buffer.from(iv, 'base64url'))
  decipher.setAAD(additionalData(place, keyId))
  decipher.setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([
    decipher.update(Buffer.from(text, 'base64url')),
    decipher.final(),
  ]).toString('utf8')
}

/** True when the value is under an older key and should be sealed anew. */
export function isStale(keys: PersonalDataKeys, sealed: string): boolean {
  return !sealed.startsWith(`${keys.current}.`)
}

/**
 * The id of an account: a keyed hash of biller and number, so that nobody derives or guesses it
 * from a number. 26 base-32 characters.
 */
export function deriveAccountId(
  keys: PersonalDataKeys,
  billerId: string,
  accountNumber: string,
): string {
  return derive(keys.lookUpKey, ['account', billerId, accountNumber])
}

/**
 * The payment's id here: a keyed hash of the resident and the id that the phone made. Another
 * person's id is therefore another payment, neither found nor blocked.
 */
export function derivePaymentId(
  keys: PersonalDataKeys,
  openid: string,
  phonePaymentId: string,
): string {
  return derive(keys.lookUpKey, ['payment', openid, phonePaymentId])
}

/** An address of the network by a name that says nothing of it: counters and log know no other. */
export function deriveAddressId(keys: PersonalDataKeys, address: string): string {
  return derive(keys.lookUpKey, ['address', address])
}

/**
 * The hash of a link of the audit chain, keyed, so that who can write to the database alone cannot
 * write a chain that holds. 64 hexadecimal digits.
 */
export function linkHash(keys: PersonalDataKeys, link: readonly unknown[]): string {
  return createHmac('sha256', keys.lookUpKey)
    .update(JSON.stringify(['audit', ...link]))
    .digest('hex')
}

const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function derive(key: Buffer, parts: readonly string[]): string {
  const digest = createHmac('sha256', key).update(JSON.stringify(parts)).digest()
  let bits = BigInt(`0x${digest.subarray(0, 16).toString('hex')}`)
  let text = ''
  for (let place = 0; place < 26; place += 1) {
    text = `${BASE_32[Number(bits & 31n)]}${text}`
    bits >>= 5n
  }
  return text
}

function keyOf(keys: PersonalDataKeys, id: string): Buffer {
  const key = keys.byId[id]
  if (key === undefined) throw new Error(`personal data key ${id} is not held`)
  return key
}

function additionalData(place: Place, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([place.table, place.row, place.column, keyId]))
}
