import type { ReplyOf } from '../../../../contract/call'
import type { listBillers, PublicBiller } from '../../../../contract/list-billers'

export type City = ReplyOf<typeof listBillers>['cities'][number]

/**
 * The cities with the billers that match what was typed: by the name of biller or city in either
 * language. An empty search finds all; cities without a match are left out.
 */
export function findBillers(cities: readonly City[], typed: string): City[] {
  const wanted = plain(typed)
  if (wanted === '') return [...cities]
  return cities.flatMap((city) => {
    if (matches(city.names, wanted)) return [city]
    const billers = city.billers.filter((biller) => isWanted(biller, wanted))
    return billers.length === 0 ? [] : [{ ...city, billers }]
  })
}

/** The cities of these billers first: where one has accounts already, the next one is likely. */
export function ownCitiesFirst(cities: readonly City[], billerIds: readonly string[]): City[] {
  const isOwn = (city: City) => city.billers.some(({ id }) => billerIds.includes(id))
  return [...cities.filter(isOwn), ...cities.filter((city) => !isOwn(city))]
}

function isWanted(biller: PublicBiller, wanted: string): boolean {
  return matches(biller.names, wanted) || plain(biller.legalName).includes(wanted)
}

function matches(names: { zh: string; en: string }, wanted: string): boolean {
  return plain(names.zh).includes(wanted) || plain(names.en).includes(wanted)
}

function plain(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase()
}
