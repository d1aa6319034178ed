import { loadManifests } from '../../cloud/billers/load-manifests'
import type { Manifest } from '../../cloud/billers/manifest-schema'
import { checkDigitFor } from '../../core/account-number'
import type { DateText } from '../../core/time'
import { seededChance } from '../../simulators/seeded-chance'
import { type DemoAccount, ordinaryHouseholds } from './households'
import { namedAccounts } from './named-accounts'

const SEED = 20_261_116
const ORDINARY_PER_BILLER = 5

/** Every account of the demo city; the same day gives the same city. */
export function demoCity(today: DateText): DemoAccount[] {
  const chance = seededChance(SEED)
  const numbers = { below: (limit: number) => Math.floor(chance.next() * limit) }
  const named = namedAccounts(numbers, today)
  const ordinary = loadManifests().flatMap((manifest) =>
    ordinaryHouseholds(numbers, {
      id: manifest.id,
      cityId: manifest.city.id,
      use: manifest.service,
      numbers: freeNumbers(manifest),
    }),
  )
  return [...named, ...ordinary]
}

/** Valid numbers that nobody of the story has. */
function freeNumbers({ accountNumber: { rule } }: Manifest): string[] {
  const found: string[] = []
  for (let serial = 501; found.length < ORDINARY_PER_BILLER; serial += 7) {
    const digits = rule.checkDigit === undefined ? rule.digits : rule.digits - 1
    const body = `5${String(serial).padStart(digits - 1, '0')}`
    const check = rule.checkDigit === undefined ? '' : checkDigitFor(rule.checkDigit, body)
    if (check !== null) found.push(`${body}${check}${rule.letterSuffix === true ? 'K' : ''}`)
  }
  return found
}
