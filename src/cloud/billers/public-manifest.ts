import type { PublicBiller } from '../../contract/list-billers'
import type { Manifest } from './manifest-schema'

/** What a phone may know of a biller: no merchant numbers, no adapter. */
export function publicManifest(manifest: Manifest): PublicBiller {
  return {
    id: manifest.id,
    names: manifest.names,
    legalName: manifest.legalName,
    cityId: manifest.city.id,
    service: manifest.service,
    billing: manifest.billing,
    accountNumber: manifest.accountNumber,
    challenge: manifest.challenge,
    closedWindows: manifest.closedWindows,
    usualMinutes: manifest.posting.usualMinutes,
    automaticPayment: manifest.automaticPayment,
    invoice: manifest.invoice,
    hotline: manifest.hotline,
    hours: manifest.hours,
    counter: manifest.counter,
  }
}
