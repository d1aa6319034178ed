import type { Manifest } from '../billers/manifest-schema'
import type { Ports } from './ports'

/** The manifest of a biller that our own rows name: it must be there. */
export function knownBiller(ports: Ports, billerId: string): Manifest {
  const manifest = ports.billers.manifest(billerId)
  if (manifest === undefined) throw new Error(`biller ${billerId} has rows but no manifest`)
  return manifest
}
