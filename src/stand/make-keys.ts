import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { publicKeyOf } from '../core/receipt/seal-receipt'

/** Every key that the demo city needs, made on this machine for this machine. */
export function makeKeys() {
  const receiptSecret = new Uint8Array(randomBytes(32))
  return {
    provider: rsaPair(),
    utility: rsaPair(),
    platformPublicKey: rsaPair(),
    platformCertificate: rsaPair(),
    ours: ed25519Pair(),
    biller: ed25519Pair(),
    providerApiV3Key: randomBytes(16).toString('hex'),
    utilityApiV3Key: randomBytes(16).toString('hex'),
    personalData: randomBytes(32).toString('base64'),
    lookUp: randomBytes(32).toString('base64'),
    receiptSecret: Buffer.from(receiptSecret).toString('base64'),
    receiptPublic: Buffer.from(publicKeyOf(receiptSecret)).toString('base64'),
    appSecret: randomBytes(16).toString('hex'),
  }
}

export type DemoKeys = ReturnType<typeof makeKeys>

function rsaPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

function ed25519Pair() {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}
