/** How the wire's text becomes a value, by PostgreSQL type oid; the same on both engines. */
export const ROW_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  20: safeInteger,
  21: Number,
  23: Number,
  114: (text) => JSON.parse(text) as unknown,
  1082: (text) => text,
  1184: (text) => new Date(isoOf(text)).getTime(),
  3802: (text) => JSON.parse(text) as unknown,
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`an int8 beyond safe integers: ${text}`)
  return value
}

/** '2026-11-16 14:19:02.5+08' as ISO 8601, which every engine's Date reads. */
function isoOf(text: string): string {
  const iso = text.replace(' ', 'T')
  return /[+-]\d{2}$/.test(iso) ? `${iso}:00` : iso
}
