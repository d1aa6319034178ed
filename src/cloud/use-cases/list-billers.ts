import type { ReplyOf } from '../../contract/call'
import type { listBillers as call } from '../../contract/list-billers'
import { publicManifest } from '../billers/public-manifest'
import { done, type Outcome } from './outcome'
import type { Ports } from './ports'

/** Cities with their billers, in the order of the manifests. */
export async function listBillers(ports: Ports): Promise<Outcome<typeof call>> {
  const cities: ReplyOf<typeof call>['cities'] = []
  for (const manifest of ports.billers.all()) {
    let city = cities.find((entry) => entry.id === manifest.city.id)
    if (city === undefined) {
      city = {
        id: manifest.city.id,
        names: { zh: manifest.city.zh, en: manifest.city.en },
        billers: [],
      }
      cities.push(city)
    }
    city.billers.push(publicManifest(manifest))
  }
  return done<typeof call>({ cities })
}
