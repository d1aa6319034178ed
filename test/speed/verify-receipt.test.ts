import { ed25519 } from '@noble/curves/ed25519'
import { buildSync } from 'esbuild'
import { fen } from '../../src/core/money'
import { readReceipt } from '../../src/core/receipt/read-receipt'
import { publicKeyOf, sealReceipt } from '../../src/core/receipt/seal-receipt'
import { openBrowser } from '../support/stand/browser'

const MOST_MS = 5
const TIMES = 40

const secretKey = new Uint8Array(32).fill(7)
const code = sealReceipt(
  {
    number: 'WJ26-1116-7K2M-9QXT-04BD',
    billerId: 'jinghua-power',
    accountTail: '3317',
    month: '2026-10',
    principal: fen(24_274),
    lateFee: fen(291),
    paidAt: 1_794_809_942_000,
    transactionId: '4200002781202611164509372114',
  },
  { keyId: 'r1', sign: (bytes) => ed25519.sign(bytes, secretKey) },
)

test('a receipt is verified in Node in at most 5 ms', () => {
  const keys = { r1: publicKeyOf(secretKey) }
  const spent = Array.from({ length: TIMES }, () => {
    const startedAt = performance.now()
    expect(readReceipt(code, keys).ok).toBe(true)
    return performance.now() - startedAt
  })
  expect(medianOf(spent)).toBeLessThanOrEqual(MOST_MS)
})

test('a receipt is verified in Chromium in at most 5 ms', async () => {
  const [built] = buildSync({
    entryPoints: ['src/core/receipt/read-receipt.ts'],
    bundle: true,
    format: 'iife',
    globalName: 'receipts',
    write: false,
  }).outputFiles
  const browser = await openBrowser()
  const page = await browser.newPage()
  await page.addScriptTag({ content: built?.text ?? '' })
  const spent = await page.evaluate(
    ({ code: text, publicKey, times }) => {
      const { receipts } = window as unknown as {
        receipts: { readReceipt: (text: string, keys: object) => { ok: boolean } }
      }
      const keys = { r1: Uint8Array.from(publicKey) }
      return Array.from({ length: times }, () => {
        const startedAt = performance.now()
        if (!receipts.readReceipt(text, keys).ok) throw new Error('the receipt does not verify')
        return performance.now() - startedAt
      })
    },
    { code, publicKey: [...publicKeyOf(secretKey)], times: TIMES },
  )
  await browser.close()
  process.stderr.write(`\na receipt is verified in ${medianOf(spent).toFixed(1)} ms\n`)
  expect(medianOf(spent)).toBeLessThanOrEqual(MOST_MS)
})

function medianOf(numbers: readonly number[]): number {
  return (
    [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
  )
}
