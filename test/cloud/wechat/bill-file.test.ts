import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { readBillFile } from '../../../src/cloud/wechat/bill-file'
import { RefusedFile } from '../../../src/cloud/wechat/refused-file'

const ROWS = { number: '商户订单号', amount: '订单金额' }
const SUMS = { rows: '总交易单数', total: '订单总金额' }
const HEADER = '交易时间,商户订单号,订单金额'
const SUMMARY_HEADER = '总交易单数,订单总金额'
const WHOLE = [HEADER, '`10:00,`A1,`1.00', '`10:01,`A2,`2.50', SUMMARY_HEADER, '`2,`3.50']

/** Reads what these lines come to as a file; each row and the summary as texts. */
async function read(lines: readonly string[], { hash = '', cut = 0 } = {}) {
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''))
  const packed = gzipSync(bytes)
  const sha1 = hash === '' ? createHash('sha1').update(bytes).digest('hex') : hash
  const told: string[] = []
  await readBillFile(Readable.from([packed.subarray(0, packed.length - cut)]), sha1, {
    columns: ROWS,
    row: ({ number, amount }) => told.push(`${number.text()} ${amount.text()}`),
    sums: SUMS,
    summary: ({ rows, total }) => told.push(`${rows.text()} in all ${total.text()}`),
    pause: async () => undefined,
  })
  return told
}

async function refusalOf(lines: readonly string[], how?: Parameters<typeof read>[1]) {
  const refused = await read(lines, how).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refused).toBeInstanceOf(RefusedFile)
  return (refused as RefusedFile).refusal
}

describe('a bill file', () => {
  const TOLD = ['A1 1.00', 'A2 2.50', '2 in all 3.50']

  it.each([
    ['as WeChat writes it', WHOLE],
    ['after a byte order mark', [`\uFEFF${HEADER}`, ...WHOLE.slice(1)]],
    [
      'with its columns in another order, and more of them',
      [
        '订单金额,新的一列,商户订单号,交易时间',
        '`1.00,`x,`A1,`10:00',
        '`2.50,`y,`A2,`10:01',
        '订单总金额,手续费总金额,总交易单数',
        '`3.50,`0.02,`2',
      ],
    ],
    ['with an empty line', [HEADER, '', ...WHOLE.slice(1)]],
  ])('is read %s', async (_, lines) => {
    expect(await read(lines)).toEqual(TOLD)
  })

  it.each([
    ['without a column that is needed', ['交易时间,商户订单号', '`10:00,`A1'], 'bad-header'],
    ['with a column under another name', ['商户订单号,金额', '`A1,`1.00'], 'bad-header'],
    ['without a header', WHOLE.slice(1), 'bad-header'],
    ['without a column of its summary', [...WHOLE.slice(0, 3), '总交易单数', '`2'], 'bad-header'],
    ['with a line after its summary', [...WHOLE, '`1,`1.00'], 'bad-row'],
    ['without its summary', WHOLE.slice(0, 4), 'cut-short'],
    ['of nothing', [], 'cut-short'],
  ])('is refused %s', async (_, lines, refusal) => {
    expect(await refusalOf(lines)).toBe(refusal)
  })

  it('has nothing where a line is too short, and no cell of the line before', async () => {
    const short = [...WHOLE.slice(0, 2), '`10:01,`A2', ...WHOLE.slice(3)]
    expect(await read(short)).toEqual(['A1 1.00', 'A2 ', '2 in all 3.50'])
  })

  it('is refused with another hash, or where its end is missing', async () => {
    expect(await refusalOf(WHOLE, { hash: '0'.repeat(40) })).toBe('bad-hash')
    expect(await refusalOf(WHOLE, { cut: 6 })).toBe('cut-short')
  })
})
