import { type City, findBillers } from '../../../src/miniapp/packages/household/add/find-billers'
import { scannedNumber } from '../../../src/miniapp/packages/household/add/scanned-number'
import { aBiller } from '../../support/a-biller'

const WATER = { digits: 9, letterSuffix: true } as const

describe('the number in a scanned code', () => {
  it('is the whole text when that keeps the rule, spaces and small letters allowed', () => {
    expect(scannedNumber(WATER, '3104 0721 6a')).toBe('310407216A')
  })

  it('is the one part of a longer text that keeps the rule', () => {
    expect(scannedNumber(WATER, 'SJW|310407216A|202610|7590')).toBe('310407216A')
  })

  it('is nothing when no part keeps the rule, or two different parts do', () => {
    expect(scannedNumber(WATER, 'https://example.test/310407216')).toBeUndefined()
    expect(scannedNumber(WATER, '310407216A,310407216B')).toBeUndefined()
  })
})

describe('searching for a biller', () => {
  const cities: City[] = [
    {
      id: 'shencheng',
      names: { zh: '申城', en: 'Shencheng' },
      billers: [
        aBiller({ id: 'water', names: { zh: '申江水务', en: 'Shenjiang Water' } }),
        aBiller({ id: 'gas', names: { zh: '浦江燃气', en: 'Pujiang Gas' } }),
      ],
    },
    {
      id: 'yanjing',
      names: { zh: '燕京', en: 'Yanjing' },
      billers: [aBiller({ id: 'power', names: { zh: '京华供电', en: 'Jinghua Power' } })],
    },
  ]
  const found = (typed: string) =>
    findBillers(cities, typed).flatMap((city) => city.billers.map(({ id }) => id))

  it('finds by either name of the biller', () => {
    expect(found('燃气')).toEqual(['gas'])
    expect(found('jinghua p')).toEqual(['power'])
  })

  it('finds all of a city by its name', () => {
    expect(found('申城')).toEqual(['water', 'gas'])
  })

  it('finds everything before anything is typed and nothing for a stranger', () => {
    expect(found(' ')).toHaveLength(3)
    expect(findBillers(cities, '长江')).toEqual([])
  })
})
