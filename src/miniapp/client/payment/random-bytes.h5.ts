/** Bytes from the browser's own generator. */
export async function randomBytes(length: number): Promise<Uint8Array> {
  return crypto.getRandomValues(new Uint8Array(length))
}
