/** A place in a list as opaque text: what the phone sends back to read on. */
export function toCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place again, or undefined when the text is not one of ours with `length` parts. */
export function fromCursor(cursor: string, length: number): (string | number)[] | undefined {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const isPlace =
      Array.isArray(place) &&
      place.length === length &&
      place.every((part) => typeof part === 'string' || typeof part === 'number')
    return isPlace ? place : undefined
  } catch {
    return undefined
  }
}
