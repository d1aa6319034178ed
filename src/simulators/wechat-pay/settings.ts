import type { Clock } from '../clock'
import type { Chance } from '../seeded-chance'
import type { Faults } from './faults'

/** A merchant that WeChat Pay knows. */
export type SimulatedMerchant = {
  mchid: string
  appid: string
  certificateSerial: string
  publicKeyPem: string
  apiV3Key: string
  /** A service provider's sub-merchants; absent for a merchant of its own. */
  subMerchants?: readonly { mchid: string; name: string }[]
  name: string
  /** WeChat's fee, in millionths; none when nothing is said. */
  feePerMillion?: number
}

/** One of WeChat Pay's own keys: `PUB_KEY_ID_…` or a platform certificate's serial. */
export type PlatformKey = { id: string; privateKeyPem: string }

export type Settings = {
  merchants: readonly SimulatedMerchant[]
  /** The first signs where a request names none. */
  platformKeys: readonly PlatformKey[]
  /** The mini-program's secret, for access tokens. */
  appSecret: string
  clock: Clock
  chance: Chance
  faults?: Partial<Faults>
}
