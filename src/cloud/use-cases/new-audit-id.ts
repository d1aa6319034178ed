import type { Ports } from './ports'

/** The id of an audit row of an act that may happen often: each look is a row of its own. */
export function newAuditId(ports: Ports, act: string): string {
  return `${act}:${Buffer.from(ports.random(12)).toString('hex')}`
}
