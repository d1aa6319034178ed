/** Whose phone this is: its storage is its own. */
export const holder = new URLSearchParams(location.search).get('who') ?? 'nobody'
const prefix = `phone/${holder}/`

const keys = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))

/** The phone's storage; it outlives the program, as on a real phone. */
export const storage = {
  getStorageSync: (key: string): unknown => {
    const text = localStorage.getItem(prefix + key)
    return text === null ? '' : (JSON.parse(text) as unknown)
  },
  setStorageSync: (key: string, value: unknown) =>
    localStorage.setItem(prefix + key, JSON.stringify(value)),
  removeStorageSync: (key: string) => localStorage.removeItem(prefix + key),
  clearStorageSync: () => {
    for (const key of keys()) localStorage.removeItem(prefix + key)
  },
  getStorageInfoSync: () => ({ keys: keys(), currentSize: 1, limitSize: 10_240 }),
}
