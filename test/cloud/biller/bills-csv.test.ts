import { readBillsCsv } from '../../../src/cloud/billers/hosted/read-bills-csv'
import { tariffOf } from '../../../src/cloud/billers/load-manifests'
import { aBillsFile, type FileRow } from '../../support/a-bills-file'

const monthly = { rule: { digits: 6 }, tariff: tariffOf('guangzhou-water-2025') }
const yearly = { rule: { digits: 6 }, tariff: tariffOf('shanghai-water-2013') }
/** 12 m³ of which 6 are still in the first step of 220 m³, at 3.45 and 4.83 yuan. */
const ACROSS: FileRow = { used_before: '214', current_reading: '112', amount: '49.68' }

const flawsOf = (text: string, settings = monthly) => {
  const read = readBillsCsv(text, settings)
  return read.ok ? [] : read.flaws
}

describe('a biller’s bills file', () => {
  it('gives account and bill, computed by the tariff, in any order of columns, with a byte order mark', () => {
    const [header = '', row = ''] = aBillsFile({}).split('\r\n')
    const reversed = [header, row].map((line) => line.split(',').reverse().join(','))
    for (const text of [aBillsFile({}), `\uFEFF${reversed.join('\n')}\n`]) {
      const read = readBillsCsv(text, monthly)
      expect(read).toMatchObject({
        ok: true,
        bills: [
          {
            row: 2,
            account: { accountNumber: '500501', holderName: '李桂花', people: 3 },
            bill: { billId: '2026-10', usage: 1050, usedBefore: 0, principal: 2678, status: 'due' },
          },
        ],
      })
    }
  })

  it.each<[string, FileRow, object]>([
    ['a letter in the account number', { account_number: '50050A' }, { reason: 'account-number' }],
    ['a short account number', { account_number: '50050' }, { reason: 'account-number' }],
    ['no holder', { holder: '' }, { reason: 'holder', column: 'holder' }],
    ['no address', { address: '' }, { reason: 'holder', column: 'address' }],
    ['no meter', { meter: '' }, { reason: 'holder', column: 'meter' }],
    ['nobody living there', { people: '0' }, { reason: 'people' }],
    ['a hundred people', { people: '100' }, { reason: 'people' }],
    ['a thirteenth month', { month: '2026-13' }, { reason: 'month' }],
    ['a day of a thirteenth month', { due_on: '2026-13-01' }, { reason: 'date', column: 'due_on' }],
    ['a day that February lacks', { read_on: '2026-02-30' }, { reason: 'date', column: 'read_on' }],
    ['a day written otherwise', { issued_on: '2026/10/22' }, { reason: 'date' }],
    ['a period that ends before it begins', { period_to: '2026-09-20' }, { column: 'period_to' }],
    ['a reading with a comma', { previous_reading: '"1,000"' }, { column: 'previous_reading' }],
    [
      'a reading with three decimals',
      { current_reading: '110.505' },
      { column: 'current_reading' },
    ],
    ['a meter that ran backwards', { current_reading: '99.99' }, { column: 'current_reading' }],
    [
      'a reading of another kind',
      { read_kind: 'guessed' },
      { reason: 'state', column: 'read_kind' },
    ],
    ['another status', { status: 'void' }, { reason: 'state', column: 'status' }],
    ['a fen too much', { amount: '26.79' }, { reason: 'amount' }],
    ['an amount in words', { amount: '26元' }, { reason: 'amount' }],
    ['no amount', { amount: '' }, { reason: 'amount' }],
  ])('is refused for %s, with the row', (_, change, flaw) => {
    expect(flawsOf(aBillsFile({ month: '2026-09' }, change))).toEqual([
      expect.objectContaining({ row: 3, ...flaw }),
    ])
  })

  it('names every flaw of every row', () => {
    const text = aBillsFile(
      { people: 'x', due_on: '2026-13-01', holder: '' },
      { month: '2026-09' },
      { amount: '1.00', month: '2026-08' },
    )
    expect(flawsOf(text)).toEqual([
      { row: 2, reason: 'holder', column: 'holder' },
      { row: 2, reason: 'people', column: 'people' },
      { row: 2, reason: 'date', column: 'due_on' },
      { row: 4, reason: 'amount', column: 'amount' },
    ])
  })

  it('is refused for the same account and month twice, however the number is written', () => {
    expect(flawsOf(aBillsFile({}, { account_number: '500 501' }))).toEqual([
      { row: 3, reason: 'twice' },
    ])
  })

  it('counts rows as a spreadsheet does, empty ones too', () => {
    const [header, row] = aBillsFile({ people: '0' }).split('\r\n')
    expect(flawsOf(`${header}\n\n\n${row}\n`)).toMatchObject([{ row: 4, reason: 'people' }])
  })

  it.each([
    ['no rows', aBillsFile(), { row: 1, reason: 'empty' }],
    ['nothing at all', '', { row: 1, reason: 'columns' }],
    ['a row of another length', `${aBillsFile({})}\n1,2,3`, { row: 3, reason: 'columns' }],
    ['a column less', aBillsFile({}).replaceAll(',meter', ''), { reason: 'columns' }],
    [
      'a column of another name',
      aBillsFile({}).replace('due_on', 'due'),
      { row: 1, reason: 'columns', column: 'due_on' },
    ],
    [
      'another encoding',
      Buffer.from('c0eeb9f0bba8', 'hex').toString('utf8'),
      { row: 1, reason: 'encoding' },
    ],
  ])('is refused for %s', (_, text, flaw) => {
    expect(flawsOf(text)).toEqual(expect.arrayContaining([expect.objectContaining(flaw)]))
  })

  it('carries what was used before where steps count by the year', () => {
    const read = readBillsCsv(aBillsFile(ACROSS), yearly)
    expect(read).toMatchObject({
      ok: true,
      bills: [{ bill: { usedBefore: 21400, usage: 1200, principal: 4968 } }],
    })
    expect(flawsOf(aBillsFile({ ...ACROSS, used_before: '0' }), yearly)).toMatchObject([
      { row: 2, reason: 'amount' },
    ])
    expect(flawsOf(aBillsFile({ ...ACROSS, used_before: '' }), yearly)).toMatchObject([
      { row: 2, reason: 'reading', column: 'used_before' },
    ])
    expect(flawsOf(aBillsFile({ current_reading: '112', amount: '49.68' }), yearly)).toEqual([
      { row: 1, reason: 'columns', column: 'used_before' },
    ])
  })
})
