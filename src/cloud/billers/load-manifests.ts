import type { Tariff } from '../../core/tariff/tariff'
import { type Manifest, manifestSchema } from './manifest-schema'
import jinghuaPower from './manifests/jinghua-power.json'
import liuzhenWater from './manifests/liuzhen-water.json'
import pujiangGas from './manifests/pujiang-gas.json'
import shenchengPower from './manifests/shencheng-power.json'
import shenjiangWater from './manifests/shenjiang-water.json'
import yanbeiGas from './manifests/yanbei-gas.json'
import yanjingWater from './manifests/yanjing-water.json'
import { tariffSchema } from './tariff-schema'
import beijingElectricity from './tariffs/beijing-electricity-2012.json'
import componentsWater from './tariffs/components-water.json'
import guangzhouWater from './tariffs/guangzhou-water-2025.json'
import shanghaiGas from './tariffs/shanghai-gas-2014.json'
import shanghaiWater from './tariffs/shanghai-water-2013.json'
import timeOfUse from './tariffs/time-of-use-electricity.json'

/** Imported one by one, so that a bundled function carries them. */
const MANIFESTS: readonly unknown[] = [
  shenjiangWater,
  shenchengPower,
  pujiangGas,
  jinghuaPower,
  yanjingWater,
  yanbeiGas,
  liuzhenWater,
]

const TARIFFS = [
  beijingElectricity,
  componentsWater,
  guangzhouWater,
  shanghaiGas,
  shanghaiWater,
  timeOfUse,
].map((tariff) => tariffSchema.parse(tariff))

/** Every biller's manifest, checked, also against its tariff; a malformed one is refused with its place. */
export function loadManifests(): readonly Manifest[] {
  return MANIFESTS.map((manifest) => checkedManifest(manifest))
}

/** The manifest, if it is one and goes with its tariff; throws with the place of the first flaw. */
export function checkedManifest(json: unknown): Manifest {
  const manifest = manifestSchema.parse(json)
  const tariff = tariffOf(manifest.tariffId)
  if (tariff.service !== manifest.service)
    throw new Error(`${manifest.id} sells ${manifest.service}, its tariff ${tariff.service}`)
  if (manifest.posting.adapter === 'hosted' && tariff.kind === 'time-of-use')
    throw new Error(`${manifest.id}: a bills file has no peak and valley readings`)
  return manifest
}

/** The tariff of that id; asserts that there is one. */
export function tariffOf(tariffId: string): Tariff {
  const tariff = TARIFFS.find((one) => one.id === tariffId)
  if (tariff === undefined) throw new Error(`there is no tariff ${tariffId}`)
  return tariff
}
