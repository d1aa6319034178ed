import type { Manifest } from '../../src/cloud/billers/manifest-schema'
import type { Ports } from '../../src/cloud/use-cases/ports'
import type { Chance } from './chance'

/**
 * The billers of a history and no others; half of them let a first payment be taken back, whatever their
 * manifests say.
 */
export function withOwnBillers(ports: Ports, chance: Chance, billerIds: readonly string[]): Ports {
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
  const own = new Map(
    ports.billers
      .all()
      .filter(({ id }) => billerIds.includes(id))
      .map((manifest) => [manifest.id, ruled(manifest)]),
  )
  return {
    ...ports,
    billers: {
      ...ports.billers,
      manifest: (billerId) => own.get(billerId),
      all: () => [...own.values()],
    },
  }
}
