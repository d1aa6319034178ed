import { checkedManifest, loadManifests, tariffOf } from '../../../src/cloud/billers/load-manifests'
import liuzhen from '../../../src/cloud/billers/manifests/liuzhen-water.json'
import { tariffSchema } from '../../../src/cloud/billers/tariff-schema'
import { checkAccountNumber } from '../../../src/core/account-number'
import { PUBLISHED, publishedTariff } from '../../support/published-tariffs'

const TIERS = tariffOf('guangzhou-water-2025')
const SEASONS = publishedTariff('seasonal-electricity') as { seasons: { months: number[] }[] }

/** Where and why a tariff is refused. */
const flaws = (json: unknown) =>
  tariffSchema.safeParse(json).error?.issues.map(({ path, code }) => [path.join('.'), code]) ?? []

describe('a tariff’s file', () => {
  it.each(PUBLISHED.tariffs.map(({ id }) => id))(
    '%s is taken, every shape that is published',
    (id) => {
      const {
        synthetic: _,
        timeOfUse: __,
        excessSplit: ___,
        ...tariff
      } = publishedTariff(id) as unknown as Record<string, unknown>
      expect(flaws(tariff)).toEqual([])
    },
  )

  it.each<[string, object, string]>([
    ['a field that there is not', { colour: 'blue' }, ''],
    ['another kind', { kind: 'auction' }, 'kind'],
    ['no steps', { tiers: [] }, 'tiers'],
    ['a last step with an end', { tiers: [{ upTo: 2100, price: 25500 }] }, 'tiers'],
    ['a step without an end before the last', { tiers: [{ price: 1 }, { price: 2 }] }, 'tiers'],
    [
      'a step that ends below the one before',
      { tiers: [{ upTo: 2100, price: 1 }, { upTo: 2000, price: 2 }, { price: 3 }] },
      'tiers',
    ],
    ['a price in yuan', { tiers: [{ price: 2.55 }] }, 'tiers.0.price'],
    ['a price that is given back', { tiers: [{ price: -1 }] }, 'tiers.0.price'],
    ['half of a hundredth', { tiers: [{ upTo: 0.5, price: 1 }, { price: 2 }] }, 'tiers.0.upTo'],
    ['a day that there is not', { validFrom: '2025-13-01' }, 'validFrom'],
    ['steps that begin anew every week', { resets: 'week' }, 'resets'],
    ['water in kilowatt hours', { unit: 'kWh' }, 'unit'],
    [
      'more for nobody',
      { people: { from: 0, raiseEachStepBy: 1, perExtraPerson: true } },
      'people.from',
    ],
  ])('with %s is refused, with the place', (_, change, place) => {
    expect(flaws({ ...TIERS, ...change }).map(([path]) => path)).toContain(place)
  })

  it('with a month in two seasons, or in none, is refused', () => {
    const [summer, winter] = SEASONS.seasons
    const seasons = (months: number[]) => [{ ...summer, months }, winter]
    for (const months of [
      [5, 6, 7, 8, 9],
      [1, 5, 6, 7, 8, 9, 10],
    ])
      expect(flaws({ ...SEASONS, seasons: seasons(months) })).toContainEqual(['seasons', 'custom'])
  })
})

describe('a biller’s manifest', () => {
  it('is there for each of the seven, and the number that it shows as an example keeps its rule', () => {
    expect(loadManifests()).toHaveLength(7)
    for (const { id, accountNumber } of loadManifests()) {
      const checked = checkAccountNumber(accountNumber.rule, accountNumber.example)
      expect([id, checked]).toEqual([id, { ok: true, number: accountNumber.example }])
    }
  })

  it.each<[string, object, string]>([
    ['a tariff that there is not', { tariffId: 'none' }, 'no tariff none'],
    ['the tariff of another service', { tariffId: 'shanghai-gas-2014' }, 'sells water'],
    [
      'bills from a file and two prices a day',
      { service: 'electricity', tariffId: 'time-of-use-electricity' },
      'no peak and valley',
    ],
    ['a field that there is not', { colour: 'blue' }, 'colour'],
    [
      'no time to take a payment back',
      { posting: { ...liuzhen.posting, undoMinutes: 0 } },
      'undoMinutes',
    ],
    [
      'an hour that there is not',
      { closedWindows: [{ from: '24:00', to: '00:30' }] },
      'closedWindows',
    ],
  ])('with %s is refused', (_, change, says) => {
    expect(checkedManifest(liuzhen).id).toBe('liuzhen-water')
    expect(() => checkedManifest({ ...liuzhen, ...change })).toThrow(says)
  })
})
