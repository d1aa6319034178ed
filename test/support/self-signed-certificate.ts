import { createSign, generateKeyPairSync } from 'node:crypto'

/** One DER value: tag, length, contents (ITU-T X.690). */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  const bytes: number[] = []
  for (let left = body.length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256)
  const length = body.length < 128 ? [body.length] : [0x80 + bytes.length, ...bytes]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...contents: Buffer[]) => der(0x30, ...contents)
/** 1.2.840.113549.1.1.11, sha256WithRSAEncryption. */
const SHA256_WITH_RSA = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'))
/** 2.5.4.3, a common name. */
const COMMON_NAME = Buffer.from('0603550403', 'hex')

/**
 * A real X.509 certificate of a fresh RSA key, signed by itself, as a platform certificate looks to
 * us. `serial` is its serial number in hexadecimal, whole bytes of which the first is 01 to 7F.
 */
export function selfSignedCertificate(serial: string): {
  certificatePem: string
  privateKeyPem: string
} {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const time = (text: string) => der(0x17, Buffer.from(text))
  const name = sequence(
    der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('platform in a test')))),
  )
  const signed = sequence(
    der(0x02, Buffer.from(serial, 'hex')),
    SHA256_WITH_RSA,
    name,
    sequence(time('240101000000Z'), time('340101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = createSign('RSA-SHA256').update(signed).sign(privateKey)
  const certificate = sequence(signed, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature))
  const lines = (certificate.toString('base64').match(/.{1,64}/g) ?? []).join('\n')
  return {
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}
