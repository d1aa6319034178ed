import type { z } from 'zod'

/** A place in a list as opaque text: what the phone sends back to read on. */
export function toCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place again, or undefined when the text is not one that we can have given. */
export function fromCursor<Place extends z.ZodType>(
  cursor: string,
  place: Place,
): z.output<Place> | undefined {
  try {
    const written: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return place.safeParse(written).data
  } catch {
    return undefined
  }
}
