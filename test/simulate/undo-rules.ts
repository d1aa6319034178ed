import type { Manifest } from '../../src/cloud/billers/manifest-schema'
import type { Ports } from '../../src/cloud/use-cases/ports'
import type { Chance } from './chance'

/** In a history half of the billers let a first payment be taken back, whatever their manifests say. */
export function withUndoRules(ports: Ports, chance: Chance): Ports {
  const ruled = (manifest: Manifest): Manifest => {
    const { undoMinutes: _, ...posting } = manifest.posting
    const name = `undo-rule/${manifest.id}`
    return chance.happens(name, 0.5)
      ? {
          ...manifest,
          posting: { ...posting, undoMinutes: chance.between(`${name}/minutes`, 3, 20) },
        }
      : { ...manifest, posting }
  }
  const manifest = (billerId: string) => {
    const known = ports.billers.manifest(billerId)
    return known && ruled(known)
  }
  return { ...ports, billers: { ...ports.billers, manifest } }
}
