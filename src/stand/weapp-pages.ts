import type { ServerResponse } from 'node:http'

/** The pages under /weapp. */
export function weappPages(_dist: string): (url: URL, response: ServerResponse) => boolean {
  return () => false
}
