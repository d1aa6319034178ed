/**
 * Makes this page's localStorage see its own keys only, kept under a prefix: several people hold the
 * same browser in turn, and none may find what another left.
 */
export function ownStorage(prefix: string): void {
  const whole = window.localStorage
  const keys = () =>
    Object.keys(whole)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
  const own: Storage = {
    get length() {
      return keys().length
    },
    key: (index) => keys()[index] ?? null,
    getItem: (key) => whole.getItem(prefix + key),
    setItem: (key, value) => whole.setItem(prefix + key, value),
    removeItem: (key) => whole.removeItem(prefix + key),
    clear: () => {
      for (const key of keys()) whole.removeItem(prefix + key)
    },
  }
  Object.defineProperty(window, 'localStorage', { configurable: true, value: own })
}
