/** A browser page has no scanner of its own: what another scanner read is put into a field. */
export async function scanText(): Promise<string | undefined> {
  const text = window.prompt('扫到的文字 / Scanned text')
  return text === null || text === '' ? undefined : text
}
